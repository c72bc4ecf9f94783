// Where a person writes: Enter sends, Shift+Enter breaks the line, `/` completes the app's commands,
// `@` people and `#` channels.

import { h, newId } from "./dom.js";

const drafts = new Map();
const underway = new Map();

/** `key` keeps the draft. `sent(text)` resolves to whether it went. `commands`: offered after `/`. */
export function drawWriting({ page, id, label, key, initial = "", send = "Send", sent, cancelled, commands = [], shortcuts = [], below }) {
  const listId = newId("complete");
  let offers = [];
  let active = 0;
  let start = 0;
  const area = h("textarea", {
    id, rows: "1", class: "writing-text", placeholder: label, "aria-label": label, "data-focus": `write-${key}`,
    role: "combobox", "aria-autocomplete": "list", "aria-controls": listId, "aria-expanded": "false",
    value: drafts.get(key) ?? initial,
    oninput: () => { drafts.set(key, area.value); grow(); complete(); },
    onkeydown: keyed, onblur: () => setTimeout(shut, 120),
  });
  const list = h("ul", { id: listId, role: "listbox", class: "completions", "aria-label": "Completions", hidden: true });
  const button = h("button", { type: "submit", class: "button primary send" }, send);
  const form = h("form", { class: "writing", onsubmit: (e) => { e.preventDefault(); go(); } },
    list, area,
    h("div", { class: "writing-foot" }, below,
      cancelled && h("button", { type: "button", class: "button", onclick: () => { drafts.delete(key); cancelled(); } }, "Cancel"),
      button));
  queueMicrotask(grow);
  if (cancelled) setTimeout(() => { area.focus(); area.setSelectionRange(area.value.length, area.value.length); });
  return form;

  function grow() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
  }
  /** What is written while one before is on its way goes after it, in the order it was written. */
  function go() {
    const text = area.value.trim();
    if (!text) return;
    area.value = "";
    drafts.delete(key);
    grow();
    const send = async () => {
      if ((await sent(identified(text, page.reader))) === false) giveBack(text);
    };
    underway.set(key, (underway.get(key) ?? Promise.resolve()).then(send, send));
  }
  /** What did not go stands before what was begun since. */
  function giveBack(text) {
    area.value = area.value ? `${text}\n${area.value}` : text;
    drafts.set(key, area.value);
    grow();
  }
  function keyed(event) {
    const isOpen = !list.hidden;
    if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (isOpen && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey))) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && (isOpen || cancelled)) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) shut();
      else { drafts.delete(key); cancelled(); }
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      go();
    }
  }
  function complete() {
    const before = area.value.slice(0, area.selectionStart);
    const word = /(?:^|\s)([@#][\w.-]*)$/.exec(before)?.[1];
    const isCommand = /^\/\S*$/.test(before);
    if (!word && !isCommand) return shut();
    const typed = (isCommand ? before : word).toLowerCase();
    start = before.length - typed.length;
    offers = offersFor(typed, isCommand, commands, shortcuts, page.reader).slice(0, 8);
    // A command typed to its end is sent by Enter, not completed once more.
    if (!offers.length || (offers.length === 1 && !offers[0].run && offers[0].put.trim() === before.slice(start))) return shut();
    list.replaceChildren(...offers.map((offer, at) =>
      h("li", { id: `${listId}-${at}`, role: "option", "aria-selected": "false", onpointerdown: (e) => { e.preventDefault(); take(at); } },
        h("strong", {}, offer.words), offer.note && h("span", {}, ` ${offer.note}`), offer.more && h("small", {}, offer.more))));
    list.hidden = false;
    area.setAttribute("aria-expanded", "true");
    mark(0);
    return undefined;
  }
  function mark(to) {
    active = (to + offers.length) % offers.length;
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === active)));
    area.setAttribute("aria-activedescendant", `${listId}-${active}`);
  }
  function take(at) {
    const after = area.value.slice(area.selectionStart);
    const { put, run } = offers[at];
    area.value = area.value.slice(0, start) + put + after;
    area.setSelectionRange(start + put.length, start + put.length);
    drafts.set(key, area.value);
    shut();
    run?.();
  }
  function shut() {
    list.hidden = true;
    area.setAttribute("aria-expanded", "false");
    area.removeAttribute("aria-activedescendant");
  }
}

function offersFor(typed, isCommand, commands, shortcuts, reader) {
  if (isCommand) {
    const named = shortcuts.filter((s) => s.name.toLowerCase().includes(typed.slice(1)));
    return [
      ...commands.filter((c) => c.name.startsWith(typed)).map((c) => ({ put: `${c.name} `, words: c.name, note: c.usage, more: c.description })),
      ...named.map((s) => ({ put: "", words: s.name, note: "shortcut", run: s.run })),
    ];
  }
  if (typed.startsWith("#")) {
    return reader.channels.filter((c) => c.kind !== "im" && c.name.startsWith(typed.slice(1)))
      .map((c) => ({ put: `#${c.name} `, words: `#${c.name}` }));
  }
  const wanted = typed.slice(1);
  return Object.values(reader.people)
    .filter((p) => !p.deleted && (p.name.startsWith(wanted) || p.real_name.toLowerCase().split(" ").some((part) => part.startsWith(wanted))))
    .map((p) => ({ put: `@${p.name} `, words: `@${p.name}`, note: p.real_name }));
}

/** `@handle` and `#name` as Slack keeps them; in a command they stay words. */
function identified(text, reader) {
  if (text.startsWith("/")) return text;
  const people = Object.values(reader.people);
  return text
    .replace(/(^|\s)@([\w.-]*\w)/g, (whole, space, name) => {
      const person = people.find((p) => p.name === name);
      return person ? `${space}<@${person.id}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, space, name) => {
      const channel = reader.channels.find((c) => c.name === name);
      return channel ? `${space}<#${channel.id}>` : whole;
    });
}
