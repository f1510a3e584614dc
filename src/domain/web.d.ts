// The two globals the pure code may lean on: every runtime that speaks web standards has them.
declare function atob(base64: string): string;
declare function btoa(binary: string): string;
