// The score sheet's form: what stands in it, slot by slot, and the sums.
import type { Answer } from "../exam/types";

export type Change = Pick<Answer, "slot" | "response" | "marked">;

export class SheetForm {
  constructor(private readonly root: HTMLFormElement) {}

  /** What an event changed, or null where it changed no mark and no veto. */
  changed(target: EventTarget | null): Change | null {
    if (!(target instanceof HTMLInputElement)) return null;
    const { slot, veto, note } = target.dataset;
    if (slot) return { slot: Number(slot), response: target.value, marked: false };
    return veto || note ? this.veto(Number(veto ?? note)) : null;
  }

  /** Put back what an earlier page could not send. */
  restore({ slot, response, marked }: Change): void {
    const box = this.box(slot);
    if (box) {
      box.checked = marked;
      const note = this.one(`[data-note="${slot}"]`);
      if (note) note.value = response;
      return;
    }
    for (const mark of this.marks(slot)) mark.checked = mark.value === response;
  }

  /** Show the sums of every task and the total. */
  add(): number {
    let total = 0;
    for (const task of this.tasks()) {
      const sum = [...task.querySelectorAll<HTMLInputElement>("[data-slot]:checked")].reduce((all, mark) => all + Number(mark.value), 0);
      total += sum;
      this.show(`[data-sum="${task.dataset.task}"]`, sum);
    }
    this.show("#total", total);
    return total;
  }

  /** The first item without a mark, or the first ticked veto without its note. */
  lacking(): HTMLElement | null {
    for (const item of this.root.querySelectorAll<HTMLElement>(".sheet-item")) {
      if (!item.querySelector(":checked")) return item.querySelector("input");
    }
    for (const box of this.root.querySelectorAll<HTMLInputElement>("[data-veto]:checked")) {
      const note = this.one(`[data-note="${box.dataset.veto}"]`);
      if (note && !note.value.trim()) return note;
    }
    return null;
  }

  tasks(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>("[data-task]")];
  }

  private veto(slot: number): Change {
    const note = this.one(`[data-note="${slot}"]`)?.value ?? "";
    return { slot, response: note, marked: this.box(slot)?.checked ?? false };
  }

  private box = (slot: number) => this.one(`[data-veto="${slot}"]`);
  private marks = (slot: number) => this.root.querySelectorAll<HTMLInputElement>(`[data-slot="${slot}"]`);
  private one = (selector: string) => this.root.querySelector<HTMLInputElement>(selector);

  private show(selector: string, value: number): void {
    const output = this.root.querySelector(selector);
    if (output) output.textContent = String(value);
  }
}
