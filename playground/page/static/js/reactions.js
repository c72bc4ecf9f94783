// Choosing a reaction: a grid of signs, and any other by its name.

import { h } from "./dom.js";
import { PICKED, emojiNames, emojiText, wordsOf } from "./emoji.js";
import { place } from "./menu.js";

export function openReactions(button, chosen) {
  const done = (name) => {
    shut(true);
    chosen(name);
  };
  const typed = h("input", { type: "text", "aria-label": "Name of a reaction", placeholder: "name, like hourglass", list: "emoji-names", autocomplete: "off" });
  const box = h("div", { class: "menu emoji-box", role: "dialog", "aria-label": "Add a reaction", onkeydown: keyed },
    h("div", { class: "emoji-grid" },
      PICKED.map((name) => h("button", { type: "button", "aria-label": wordsOf(name), title: `:${name}:`, onclick: () => done(name) }, emojiText(name)))),
    h("form", { onsubmit: (e) => { e.preventDefault(); const name = typed.value.trim().replaceAll(":", ""); if (name) done(name); } },
      typed, h("button", { type: "submit", class: "button" }, "Add")),
    h("datalist", { id: "emoji-names" }, emojiNames().map((name) => h("option", { value: name }))));
  document.body.append(box);
  place(box, button);
  button.setAttribute("aria-expanded", "true");
  box.querySelector("button").focus();
  document.addEventListener("pointerdown", outside, true);

  function keyed(event) {
    const all = [...box.querySelectorAll(".emoji-grid button")];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 8, ArrowUp: at - 8 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      shut(true);
    } else if (at >= 0 && to !== undefined && all[to]) {
      event.preventDefault();
      all[to].focus();
    }
  }
  function outside(event) {
    if (!box.contains(event.target)) shut(false);
  }
  function shut(back) {
    box.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (back && button.isConnected) button.focus();
  }
}
