// The clock on the wall of the room, wherever the browser believes to be.
const WALL = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

/** Return a moment as 09:05. */
export function hour(moment: string | number | Date): string {
  return WALL.format(new Date(moment));
}
