// What most visitors never need, loaded when it is wanted: a person, what was asked before, speaking.
export { recall } from "./past";
export { Person } from "./person";
export { Voice } from "./voice";
