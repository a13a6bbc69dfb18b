// When the exam and each task began, kept on this tablet under the sheet's own opaque number; and the minutes left.
const ZONE = "Asia/Shanghai"; // what the server's form shows, wherever the tablet thinks it is

export class Times {
  constructor(
    private readonly sheet: string,
    private readonly store: Pick<Storage, "getItem" | "setItem">,
    private readonly now: () => number = Date.now,
  ) {}

  /** Note that a task begins now, unless it did. */
  begin(task: string): void {
    if (this.begun(task) === null) this.put(task, this.now());
  }

  /** Milliseconds since 1970 at which the task began, or null. */
  begun(task: string): number | null {
    try {
      return Number(this.store.getItem(`sheet:${this.sheet}:${task}`)) || null;
    } catch {
      return null;
    }
  }

  /** Seconds left of so many minutes, below zero once they are over; null before the task began. */
  left(task: string, minutes: number): number | null {
    const begun = this.begun(task);
    return begun === null ? null : Math.ceil(minutes * 60 - (this.now() - begun) / 1000);
  }

  /** The moment as a datetime-local field wants it. */
  local(moment: number = this.now()): string {
    return new Date(moment).toLocaleString("sv-SE", { timeZone: ZONE }).replace(" ", "T");
  }

  private put(task: string, moment: number): void {
    try {
      this.store.setItem(`sheet:${this.sheet}:${task}`, String(moment));
    } catch {
      // a full or forbidden store: the time is typed in at the end
    }
  }
}

/** Return 9:05, or -0:30 once the time is over. */
export function clock(seconds: number): string {
  const size = Math.abs(seconds);
  return `${seconds < 0 ? "-" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}
