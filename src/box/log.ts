/** One line of JSON to stderr for everything worth telling the engineer; the shell keeps it. */
export type Log = (event: string, facts?: Readonly<Record<string, unknown>>) => void;

export function openLog(nowUnixMs: () => number): Log {
  return (event, facts = {}) => {
    process.stderr.write(`${JSON.stringify({ at: nowUnixMs(), event, ...facts })}\n`);
  };
}
