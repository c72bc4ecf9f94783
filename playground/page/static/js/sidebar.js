// The workspace at the left, and who is looking at it at the top.

import { avatar } from "./avatar.js";
import { shortMoment } from "./dates.js";
import { byId, h, replace, say } from "./dom.js";
import { moveClock } from "./api.js";
import { openMenu } from "./menu.js";
import { nameOf } from "./middle.js";
import { act } from "./api.js";

let drawn = "";
let switcher = "";

export function showSidebar(page) {
  const { seen } = page;
  const rows = seen.channels.map((c) => ({ c, unread: c === page.channel ? 0 : page.unread(c) }));
  const news = rows.reduce((sum, { unread }) => sum + unread, 0);
  const opener = byId("open-sidebar");
  opener.classList.toggle("has-news", news > 0);
  opener.setAttribute("aria-label", `Channels and messages${news ? `, ${news} unread` : ""}`);
  const sign = JSON.stringify([page.me, page.channel?.id, seen.team.name, rows.map(({ c, unread }) => [c.id, c.name, c.member, unread])]);
  if (sign === drawn) return;
  drawn = sign;
  const nav = byId("sidebar");
  const focus = nav.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const part = (words, kinds) => {
    const those = rows.filter(({ c }) => kinds.includes(c.kind));
    return those.length ? [h("h2", {}, words), h("ul", { role: "list" }, those.map((row) => h("li", {}, link(page, row))))] : [];
  };
  replace(nav, h("p", { class: "team" }, seen.team.name), part("Channels", ["channel", "group"]), part("Apps", ["im"]));
  if (!rows.some(({ c }) => c.kind === "im")) {
    nav.append(h("h2", {}, "Apps"), h("ul", { role: "list" }, h("li", {}, h("button", {
      type: "button", class: "place", onclick: () => act(page.me, "open_home", { tab: "messages" }),
    }, h("span", { class: "avatar bot small", "aria-hidden": "true" }, seen.app.name[0]), h("span", { class: "name" }, seen.app.name)))));
  }
  if (focus) nav.querySelector(`[data-focus="${focus}"]`)?.focus();
}

function link(page, { c, unread }) {
  const isHere = c === page.channel;
  const mark = { channel: "#", group: "🔒" }[c.kind];
  const words = unread ? `${nameOf(page, c)}, ${unread} unread` : nameOf(page, c);
  return h("button", {
    type: "button", class: `place${unread ? " unread" : ""}${c.member ? "" : " away"}`, "data-focus": c.id, "aria-label": words,
    "aria-current": isHere ? "page" : null, onclick: () => page.go(c.id),
  },
  mark ? h("span", { class: "hash", "aria-hidden": "true" }, mark) : h("span", { class: "avatar bot small", "aria-hidden": "true" }, page.seen.app.name[0]),
  h("span", { class: "name" }, c.kind === "im" ? page.seen.app.name : c.name),
  unread ? h("span", { class: "count", "aria-hidden": "true" }, String(unread)) : null);
}

export function showSwitcher(page) {
  const people = Object.values(page.seen.people).filter((p) => !p.is_bot && !p.deleted);
  const sign = JSON.stringify([page.me, people.map((p) => [p.id, p.real_name, p.part, page.hasNews(p.id)])]);
  if (sign === switcher) return;
  switcher = sign;
  const me = page.seen.people[page.me];
  const news = people.filter((p) => p.id !== page.me && page.hasNews(p.id));
  const button = h("button", {
    type: "button", id: "you-are", class: "you", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": `You are ${me.real_name}${part(me)}. Look as somebody else${news.length ? `; ${news.length} have news` : ""}`,
    onclick: () => openMenu(button, people.map((p) => ({
      words: h("span", { class: "who" }, avatar(p), h("span", { class: "who-name" }, p.real_name, h("small", {}, whatIs(p))),
        p.id !== page.me && page.hasNews(p.id) ? h("span", { class: "news", role: "img", "aria-label": "has news" }, "●") : null,
        p.id === page.me ? h("span", { class: "tick", "aria-label": "you" }, "✓") : null),
      chosen: async () => {
        await page.become(p.id);
        byId("you-are")?.focus();
        say(`You are ${p.real_name}`);
      },
    }))),
  }, avatar(me), h("span", { class: "you-words" }, h("small", {}, "You are"), h("strong", {}, me.real_name)),
  news.length ? h("span", { class: "news", "aria-hidden": "true" }, "●") : null, h("span", { "aria-hidden": "true" }, "▾"));
  const had = document.activeElement?.id === "you-are";
  replace(byId("switcher"), button);
  if (had) button.focus();
}

const whatIs = (p) => [p.part, p.guest && "guest", p.outside && "from outside"].filter(Boolean).join(", ");
const part = (p) => (whatIs(p) ? `, ${whatIs(p)}` : "");

let clock = "";

export function showClock(page) {
  const { now, clock_moves: moves } = page.seen;
  const words = shortMoment(now, page.reader.zone);
  const sign = JSON.stringify([words, moves]);
  if (sign === clock) return;
  clock = sign;
  const place = byId("clock");
  const shown = h("span", { class: "now" }, words);
  if (!moves.length) return replace(place, shown);
  const button = h("button", {
    type: "button", id: "move-clock", class: "plain clock", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": `It is ${words}. Move the clock`,
    onclick: () => openMenu(button, moves.map((move) => ({ words: `Move the clock ${move}`, chosen: () => moved(page, move) }))),
  }, h("span", { "aria-hidden": "true" }, "🕘 "), shown, h("span", { "aria-hidden": "true" }, " ▾"));
  const had = document.activeElement?.id === "move-clock";
  replace(place, button);
  if (had) button.focus();
  return undefined;
}

async function moved(page, move) {
  const busy = byId("move-clock");
  busy?.setAttribute("aria-busy", "true");
  busy?.focus(); // now: who tabs on while it moves stays where they went
  say("Moving the clock");
  const answer = await moveClock(move);
  byId("move-clock")?.removeAttribute("aria-busy");
  if (!answer.ok) page.notice(page.channel?.id, answer.error);
  await page.refresh();
  say(`It is ${shortMoment(page.seen.now, page.reader.zone)}`);
}
