// A signature drawn with a finger, a pen or a mouse.
const INK = "#16202b";
const LEAST = 40; // pixels of line; a tap is no signature

export class Pad {
  private length = 0;
  private last: { x: number; y: number } | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.draw(event));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) canvas.addEventListener(end, () => (this.last = null));
  }

  get empty(): boolean {
    return this.length < LEAST;
  }

  clear(): void {
    this.length = 0;
    this.last = null;
    this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** The picture as a data URL, or nothing where hardly anything was drawn. */
  value(): string {
    return this.empty ? "" : this.canvas.toDataURL("image/png");
  }

  private begin(event: PointerEvent): void {
    event.preventDefault();
    this.last = this.place(event);
  }

  private draw(event: PointerEvent): void {
    if (!this.last) return;
    event.preventDefault();
    const here = this.place(event);
    const pen = this.canvas.getContext("2d");
    if (pen) {
      pen.strokeStyle = INK;
      pen.lineWidth = 5;
      pen.lineCap = "round";
      pen.beginPath();
      pen.moveTo(this.last.x, this.last.y);
      pen.lineTo(here.x, here.y);
      pen.stroke();
    }
    this.length += Math.hypot(here.x - this.last.x, here.y - this.last.y);
    this.last = here;
  }

  private place(event: PointerEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    const scale = { x: this.canvas.width / (box.width || 1), y: this.canvas.height / (box.height || 1) };
    return { x: (event.clientX - box.left) * scale.x, y: (event.clientY - box.top) * scale.y };
  }
}
