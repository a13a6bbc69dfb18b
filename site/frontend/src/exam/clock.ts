// The time left as the server counts it, carried on between its replies by a monotonic timer.

const DRIFT = 3000; // ms between the two clocks that only sleep or a changed wall clock explains

/** Seconds left of an attempt. The device's wall clock never moves it; it only betrays that the device slept. */
export class Clock {
  private seconds = Infinity;
  private since = 0;
  private skew = 0;
  private standing = false;

  constructor(
    private readonly monotonic: () => number = () => performance.now(),
    private readonly wall: () => number = () => Date.now(),
  ) {}

  /** Take the server's word; a clock that stands still keeps its seconds until the next word. */
  set(secondsLeft: number, standing = this.standing): void {
    this.seconds = secondsLeft;
    this.standing = standing;
    this.since = this.monotonic();
    this.skew = this.wall() - this.since;
  }

  /** Return the seconds left, never below 0. */
  left(): number {
    return this.standing ? this.seconds : Math.max(0, this.seconds - (this.monotonic() - this.since) / 1000);
  }

  /**
   * Say once whether the two clocks parted since last asked.
   * Some devices stop the monotonic timer while they sleep, so the server must then be asked.
   */
  slept(): boolean {
    const skew = this.wall() - this.monotonic();
    const parted = Math.abs(skew - this.skew) > DRIFT;
    this.skew = skew;
    return parted;
  }
}

/** Write seconds as 1:29:05 or 29:05. */
export function written(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
