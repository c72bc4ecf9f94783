// The confirm dialog of an element: resolves to whether the person went on.

import { drawPlain, drawText } from "./blocks.js";
import { byId, h, replace } from "./dom.js";

export function confirmed(facts, reader) {
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.onclose = null;
      dialog.close();
      resolve(yes);
    };
    replace(dialog,
      h("h2", { id: "confirm-title" }, drawPlain(facts.title)),
      h("div", { id: "confirm-text" }, drawText(facts.text, reader)),
      h("div", { class: "dialog-foot" },
        h("button", { type: "button", class: "button", onclick: () => answer(false) }, drawPlain(facts.deny ?? { text: "Cancel" })),
        h("button", { type: "button", class: `button ${facts.style === "danger" ? "danger" : "primary"}`, onclick: () => answer(true) },
          drawPlain(facts.confirm ?? { text: "Yes" }))));
    dialog.onclose = () => resolve(false);
    dialog.showModal();
  });
}
