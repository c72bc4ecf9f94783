// A small menu beside the button that opened it: arrows move, Enter chooses, Escape gives the focus back.

import { h } from "./dom.js";

let close = null;

export function openMenu(button, items) {
  const again = close?.button === button;
  close?.();
  if (again) return;
  const entries = items.map((item) =>
    h("button", {
      type: "button",
      role: "menuitem",
      tabindex: "-1",
      class: item.danger ? "danger-words" : "",
      onclick: () => { shut(true); item.chosen(); },
    }, h("span", {}, item.words), item.note && h("small", {}, item.note)));
  const menu = h("div", { class: "menu", role: "menu", "aria-label": button.getAttribute("aria-label") ?? "Menu", onkeydown: moved }, entries);
  const host = button.closest("dialog") ?? document.body;
  host.append(menu);
  button.setAttribute("aria-expanded", "true");
  place(menu, button);
  entries[0]?.focus();

  function moved(event) {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[(to + entries.length) % entries.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      shut(true);
    }
  }
  function outside(event) {
    if (!menu.contains(event.target) && !button.contains(event.target)) shut(false);
  }
  function shut(back) {
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    close = null;
    if (back && button.isConnected) button.focus();
  }
  document.addEventListener("pointerdown", outside, true);
  close = () => shut(false);
  close.button = button;
}

/** Below its button if there is room, else above; never out of the window. */
export function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = at.bottom + 4 + height <= window.innerHeight;
  const top = below ? at.bottom + 4 : Math.max(8, at.top - height - 4);
  box.style.top = `${top}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
}
