/** 外出: secretary or principal is away and somebody chairs in the meantime (procedure 3.3). Days are `YYYY-MM-DD`, both included. */
export interface Away {
  /** `<member>/<from>` */
  readonly id: string;
  readonly member: string;
  readonly from: string;
  readonly until: string;
  readonly why: string;
  /** Who chairs meanwhile. */
  readonly acting: string;
  readonly cancelled?: true;
}

/** The absence of a member that a day falls into. */
export const awayOn = (all: readonly Away[], member: string, day: string): Away | undefined =>
  all.find((a) => a.member === member && a.from <= day && day <= a.until);
