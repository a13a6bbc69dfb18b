// What comes after the first view, or never: judging, a person, what was asked before, speaking.
export { judging } from "./judging";
export { recall } from "./past";
export { Person } from "./person";
export { Voice } from "./voice";
