// What can be done: each act with its fields, what it means, and on whom.
import { hour } from "./hour";
import { t } from "./texts";
import type { Place, Room } from "./types";

export interface Field {
  name: string;
  label: string;
  kind: "text" | "number" | "time" | "select" | "file";
  value?: string;
  options?: { value: string; label: string }[];
}

export interface Act {
  name: string;
  label: string;
  title: string;
  note?: string;
  danger?: boolean;
  main?: boolean;
  fields: Field[];
  fixed: Record<string, string>;
}

const reason = (): Field => ({ name: "reason", label: t("reason"), kind: "text" });
const minutes = (): Field => ({ name: "minutes", label: t("minutesField"), kind: "number", value: "5" });

/** Return the acts on the whole room. */
export function roomActs(room: Room, kinds: { value: string; label: string }[]): Act[] {
  const ready = room.places.filter((place) => place.state === "checked_in").length;
  const paused = room.places.some((place) => place.state === "paused");
  const running = room.places.some((place) => place.state === "in_progress");
  const acts: (Act | false)[] = [
    (room.starts_together || room.needs_check_in) &&
      act("start", t("start"), { note: t("startNote", { n: ready }), main: ready > 0 && !paused }),
    running && act("time", t("timeRoom"), { fields: [minutes(), reason()] }),
    running &&
      act("make-up", t("makeUp"), {
        note: t("makeUpNote"),
        fields: [
          { name: "since", label: t("since"), kind: "time" },
          { name: "until", label: t("until"), kind: "time", value: hour(room.now) },
          reason(),
        ],
      }),
    running && act("pause", t("pauseRoom"), { fields: [reason()] }),
    paused && act("resume", t("resumeRoom"), { note: t("resumeNote"), main: true }),
    act("message", t("messageRoom"), { fields: [{ name: "text", label: t("text"), kind: "text" }] }),
    act("incident", t("incident"), { fields: incidentFields(kinds) }),
  ];
  return acts.filter((each): each is Act => each !== false);
}

/** Return the acts on one candidate in the state they are in. */
export function placeActs(place: Place, room: Room, kinds: { value: string; label: string }[]): Act[] {
  const fixed = { attempt: place.attempt };
  const running = place.state === "in_progress" || place.state === "paused";
  const begins = place.state === "scheduled" || place.state === "checked_in";
  const over = place.state === "voided" || place.state === "absent";
  const acts: (Act | false)[] = [
    place.state === "paused" && act("resume", t("resume"), { fixed, note: t("resumeNote"), main: true }),
    (running || begins) && act("time", t("time"), { fixed, fields: [minutes(), reason()] }),
    place.state === "in_progress" && act("pause", t("pause"), { fixed, fields: [reason()] }),
    running && act("message", t("message"), { fixed, fields: [{ name: "text", label: t("text"), kind: "text" }] }),
    act("incident", t("incident"), { fixed, fields: incidentFields(kinds) }),
    (running || begins) &&
      act("seat", t("move"), { fixed, fields: [{ name: "seat", label: t("newSeat"), kind: "number" }] }),
    running && room.takeover === "released" && act("release", t("release"), { fixed, note: t("releaseNote") }),
    running && act("hand-in", t("handIn"), { fixed, note: t("handInNote"), danger: true, fields: [reason()] }),
    !over && act("void", t("void"), { fixed, note: t("voidNote"), danger: true, fields: [reason()] }),
  ];
  return acts.filter((each): each is Act => each !== false);
}

function incidentFields(kinds: { value: string; label: string }[]): Field[] {
  return [
    { name: "kind", label: t("kind"), kind: "select", options: kinds },
    { name: "text", label: t("what"), kind: "text" },
  ];
}

function act(name: string, label: string, rest: Partial<Act>): Act {
  return { name, label, title: label, fields: [], fixed: {}, ...rest };
}
