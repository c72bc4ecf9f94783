// What this page cannot draw is shown as a box with its name: nothing a bot sent is dropped.

import { h } from "./dom.js";

export const drawUnknown = (where, type, whole = null) =>
  h("div", { class: "unknown", role: "note" },
    h("strong", {}, `Not drawn here: ${where} “${type ?? "without a type"}”`),
    whole && h("details", {}, h("summary", {}, "What the bot sent"), h("pre", {}, JSON.stringify(whole, null, 1))));
