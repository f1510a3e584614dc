import { paperRoutes } from '../../../src/http/papers.ts';
import { canteen, contractor, deeds, partyMeeting, roster, school, sources } from '../a-case.ts';

const { reader: _, ...base } = sources();

export default paperRoutes({
  demo: true,
  school: () => school,
  memberOf: async (_school, id) => roster.get(id),
  sourcesOf: async () => ({
    ...base,
    item: canteen,
    meeting: partyMeeting,
    resolution: contractor,
    meetings: [partyMeeting],
    deeds,
  }),
});
