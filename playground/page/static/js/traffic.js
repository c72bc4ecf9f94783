// Traffic between the stand-in and the bot, in order: who spoke, what, how long it took, every word.

import { byId, h, replace } from "./dom.js";

const MOST_SHOWN = 400;

export function showTraffic(title, exchanges) {
  const dialog = byId("traffic");
  const shown = inOrder(exchanges).slice(-MOST_SHOWN);
  const start = shown.length ? begun(shown[0]) : 0;
  const close = h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => dialog.close() }, "✕");
  replace(dialog,
    h("div", { class: "dialog-head" }, h("h2", { id: "traffic-title" }, title), close),
    h("div", { class: "dialog-body", tabindex: "0", role: "region", "aria-label": "Exchanges" },
      h("p", { class: "muted" }, words(exchanges, shown)),
      h("ol", { class: "exchanges", role: "list" }, shown.map((exchange, at) => drawExchange(exchange, at + 1, start)))));
  dialog.showModal();
  close.focus();
}

/** They are recorded when answered; a call that the bot made while it was handling an event began later. */
const begun = (x) => x.at - x.seconds;
const inOrder = (exchanges) => [...exchanges].sort((a, b) => begun(a) - begun(b) || a.number - b.number);

function words(all, shown) {
  if (!all.length) return "Nothing went over the wire.";
  const sent = all.filter((x) => x.direction === "to_bot").length;
  const some = shown.length < all.length ? ` The last ${shown.length} are shown.` : "";
  return `Slack sent ${sent}, the bot called ${all.length - sent}.${some} In the order in which they began: who to whom, what, the answer, how long it took, and when.`;
}

function drawExchange(x, place, start) {
  const toBot = x.direction === "to_bot";
  const summary = h("summary", {},
    h("span", { class: "number" }, `${place}`),
    h("span", { class: `way ${x.direction}` }, toBot ? "Slack → bot" : "bot → Slack"),
    h("span", { class: "what" }, h("strong", {}, x.name), " ", h("span", { class: "muted" }, x.kind, x.attempt ? `, again (${x.attempt})` : "")),
    h("span", { class: x.trouble ? "took error" : "took" }, x.trouble ?? x.status ?? ""),
    h("span", { class: "took" }, `${(x.seconds * 1000).toFixed(x.seconds < 0.01 ? 1 : 0)} ms`),
    h("span", { class: "took muted" }, `+${(begun(x) - start).toFixed(1)} s`));
  const details = h("details", { class: "exchange", ontoggle: () => {
    if (details.open && details.childElementCount === 1) {
      details.append(part(toBot ? "Slack sent" : "The bot sent", x.request), part(toBot ? "The bot answered" : "Slack answered", x.answer));
    }
  } }, summary);
  return h("li", {}, details);
}

const wordsOf = (value) => {
  if (value === null || value === undefined || value === "") return "nothing but the status";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
};

const part = (title, value) =>
  h("div", {}, h("h3", {}, title), h("pre", { tabindex: "0" }, wordsOf(value)));
