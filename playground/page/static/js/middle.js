// The channel in the middle and the thread at the right: their messages in order, and the composer.

import { act } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { drawWriting } from "./composer.js";
import { dayName, isSameDay } from "./dates.js";
import { byId, h, keep, replace } from "./dom.js";
import { troubleOf } from "./elements.js";
import { bareValue } from "./fields.js";
import { drawMessage } from "./message.js";

const CLOSE_BY = 300;
let drawnHead = "";
let drawnMiddle = "";
let drawnThread = "";

export function showMiddle(page) {
  const { channel } = page;
  if (!channel) return showNowhere(page);
  const isApp = channel.kind === "im";
  const place = JSON.stringify([page.me, channel.id, page.tab, channel.member, channel.archived, page.seen.commands.length]);
  const head = JSON.stringify([channel.members, channel.name, channel.bot_in, channel.shared]);
  const middle = byId("middle");
  if (place !== drawnMiddle) {
    const isHome = isApp && page.tab === "home";
    const had = middle.contains(document.activeElement);
    drawnMiddle = place;
    drawnHead = head;
    replace(middle, headOf(page, channel, isApp), h("div", { class: "scroll", id: "messages", tabindex: "0", role: isHome ? "region" : "log", "aria-label": isHome ? "App home" : `Messages in ${nameOf(page, channel)}` }), isHome ? null : footOf(page, channel));
    if (had) (byId("composer") ?? byId("messages")).focus();
  } else if (head !== drawnHead) {
    drawnHead = head;
    middle.firstElementChild.replaceWith(headOf(page, channel, isApp));
  }
  if (isApp && page.tab === "home") return showHome(page);
  const items = itemsOf(page, channel, topLevel(channel), channel.only_me.filter((m) => !m.thread_ts));
  show(page, channel, byId("messages"), items, "channel", `${page.me} ${channel.id}`);
  page.markRead(channel.id, items.at(-1)?.message?.ts ?? "");
  if (isApp) page.markRead("dm", page.seen.spoken_to);
  return undefined;
}

/** A guest, or somebody from outside, whom nobody has taken into a channel yet. */
function showNowhere(page) {
  const place = JSON.stringify([page.me]);
  if (place === drawnMiddle) return;
  drawnMiddle = place;
  replace(byId("middle"),
    h("div", { class: "place-head" }, h("h1", { id: "place-name" }, "No channel yet")),
    h("p", { class: "empty" }, `${page.reader.people[page.me].real_name} is in no channel yet, and sees none until somebody takes them into one.`));
}

export function showThread(page) {
  const open = page.thread;
  const aside = byId("thread");
  aside.hidden = !open;
  document.body.classList.toggle("thread-open", Boolean(open));
  if (!open) {
    drawnThread = "";
    replace(aside);
    return;
  }
  const { channel, ts } = open;
  const place = JSON.stringify([page.me, channel.id, ts, channel.member, channel.archived]);
  if (place !== drawnThread) {
    drawnThread = place;
    replace(aside,
      h("div", { class: "place-head" },
        h("h2", {}, "Thread ", h("span", { class: "muted" }, nameOf(page, channel))),
        h("button", { type: "button", class: "plain", "aria-label": "Close the thread", onclick: () => page.closeThread() }, "✕")),
      h("div", { class: "scroll", id: "replies", tabindex: "0", role: "log", "aria-label": "Replies" }),
      threadFoot(page, channel, ts));
  }
  const replies = channel.messages.filter((m) => m.ts === ts || m.thread_ts === ts);
  const items = itemsOf(page, channel, replies, channel.only_me.filter((m) => m.thread_ts === ts), true);
  show(page, channel, byId("replies"), items, "thread", `${page.me} ${ts}`);
  page.markRead(channel.id, replies.at(-1)?.ts ?? "", ts);
  if (page.focusThread) {
    page.focusThread = false;
    byId("reply")?.focus();
  }
}

export const nameOf = (page, channel) =>
  channel.kind === "im" ? page.seen.app.name : `${channel.kind === "group" ? "🔒 " : "#"}${channel.name}`;

const topLevel = (channel) =>
  channel.messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === "thread_broadcast");

function itemsOf(page, channel, messages, onlyMe, isThread = false) {
  const { zone, now } = page.reader;
  const notices = isThread ? [] : page.notices.filter((n) => n.me === page.me && n.channel === channel.id);
  const all = [
    ...messages.map((message) => ({ message })),
    ...onlyMe.map((message) => ({ message, onlyMe: true })),
    ...notices.map((n) => ({ message: { ts: n.ts, text: n.text.replaceAll("&", "&amp;").replaceAll("<", "&lt;") }, onlyMe: true, notice: true })),
  ].sort((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
  const items = [];
  let before = null;
  for (const item of all) {
    const at = Number(item.message.ts);
    if (!before || !isSameDay(at, Number(before.message.ts), zone)) {
      items.push({ day: dayName(at, now, zone), key: `day-${Math.floor(at / 60)}` });
      before = null;
    }
    item.compact = Boolean(before && !before.onlyMe && !item.onlyMe && before.message.user === item.message.user
      && at - Number(before.message.ts) < CLOSE_BY && item.message.subtype !== "thread_broadcast");
    item.editing = page.editing === item.message.ts;
    items.push(item);
    before = item;
    if (isThread && items.length === 2 && messages.length > 1) {
      const count = messages.length - 1;
      items.push({ day: `${count} ${count === 1 ? "reply" : "replies"}`, key: "replies", rule: true });
      before = { ...item, onlyMe: true };  // whoever wrote it is named again
    }
  }
  return items;
}

function show(page, channel, list, items, where, place) {
  const isOther = list.place !== place;
  list.place = place;
  stayAtEnd(list);
  const wasAtEnd = isOther || list.atEnd;
  const today = dayName(page.seen.now, page.seen.now + 86400 * 9, page.reader.zone);
  keep(list, items, {
    key: (item) => item.key ?? item.message.ts,
    signature: (item) => item.day ?? JSON.stringify([item, page.me, today, where, page.isNewReply && item.message.reply_count ? page.isNewReply(channel.id, item.message) : 0, page.seen.shortcuts.length]),
    draw: (item) => (item.day ? h("div", { class: item.rule ? "day rule" : "day" }, h("span", {}, item.day)) : drawMessage(item.message, channel, page, { where, ...item })),
  });
  if (!items.length) list.replaceChildren(h("p", { class: "empty" }, "Nothing was said here yet."));
  const target = page.target && list.querySelector(`[data-ts="${page.target}"]`);
  if (target) {
    page.target = null;
    target.scrollIntoView({ block: "center" });
    target.classList.add("found");
    target.focus({ preventScroll: true });
  } else if (wasAtEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

/** Whoever reads the newest goes on reading it when the window or a panel changes the width. */
function stayAtEnd(list) {
  if (list.atEnd !== undefined) return;
  list.atEnd = true;
  list.addEventListener("keydown", walk);
  let size = "";
  const sizeNow = () => `${list.clientWidth} ${list.clientHeight}`;
  list.addEventListener("scroll", () => {
    // A browser that keeps a message in place while the width changes scrolls too: nobody did.
    if (size === sizeNow()) list.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  });
  new ResizeObserver(() => {
    size = sizeNow();
    if (list.atEnd) list.scrollTop = list.scrollHeight;
  }).observe(list);
}

/** Arrows go from message to message; Tab from there to what can be pressed in it. */
function walk(event) {
  const list = event.currentTarget;
  const here = event.target === list ? null : event.target.closest(".message");
  if (event.target !== list && event.target !== here) return;
  const all = [...list.querySelectorAll(":scope > .message")];
  const at = here ? all.indexOf(here) : all.length;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || !all[to]) return;
  event.preventDefault();
  all[to].focus();
}

function headOf(page, channel, isApp) {
  const tab = (name, words) => h("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(page.tab === name), class: "tab", "aria-controls": "messages",
    tabindex: page.tab === name ? "0" : "-1",
    onclick: () => {
      page.tab = name;
      act(page.me, "open_home", { tab: name });
      page.draw(page);
      byId(`tab-${name}`)?.focus();
    },
    onkeydown: (e) => { if (e.key === "ArrowLeft" || e.key === "ArrowRight") byId(name === "home" ? "tab-messages" : "tab-home").click(); },
  }, words);
  const who = `${channel.members} ${channel.members === 1 ? "person" : "people"}`;
  return h("div", { class: "place-head" },
    h("h1", { id: "place-name" }, nameOf(page, channel)),
    isApp ? h("div", { role: "tablist", "aria-label": "The app's tabs", class: "tabs" }, tab("home", "Home"), tab("messages", "Messages"))
      : h("span", { class: "muted" }, who, channel.shared && " · shared with outside", !channel.bot_in && ` · ${page.seen.app.name} is not here`));
}

function footOf(page, channel) {
  if (channel.archived) return h("p", { class: "closed" }, "This channel is archived.");
  if (!channel.member) {
    return h("p", { class: "closed" }, "You are looking at ", h("strong", {}, nameOf(page, channel)), " without being in it. ",
      h("button", { type: "button", class: "button primary", onclick: () => page.tried(act(page.me, "join", { channel: channel.id })) }, "Join"));
  }
  return drawWriting({
    page, id: "composer", label: `Message ${nameOf(page, channel)}`, key: `${page.me} ${channel.id}`, commands: page.seen.commands,
    shortcuts: page.seen.shortcuts.filter((s) => s.kind === "global")
      .map((s) => ({ name: s.name, run: () => page.tried(act(page.me, "shortcut", { callback_id: s.callback_id })) })),
    below: h("small", { class: "muted" }, page.seen.commands.length ? "Enter sends · / for commands" : "Enter sends"),
    sent: (text) => {
      if (/^\/invite\b/.test(text)) return page.tried(act(page.me, "invite_bot", { channel: channel.id }));
      if (/^\/\S/.test(text)) return page.run(text, channel);
      return page.tried(act(page.me, "post", { channel: channel.id, text, as_list: true }));
    },
  });
}

function threadFoot(page, channel, ts) {
  if (!channel.member || channel.archived) return null;
  const also = h("input", { type: "checkbox", id: "also" });
  const where = channel.kind === "im" ? null : h("span", { class: "also" }, also, h("label", { for: "also" }, `Also send to ${nameOf(page, channel)}`));
  return drawWriting({
    page, id: "reply", label: "Reply…", key: `${page.me} ${ts}`, below: where ?? h("span"),
    sent: (text) => {
      if (/^\/\w/.test(text)) {
        page.notice(channel.id, `${text.split(" ")[0]} is not supported in threads. Sorry!`);
        return false;
      }
      const broadcast = also.checked;
      also.checked = false;
      return page.tried(act(page.me, "reply", { channel: channel.id, ts, text, as_list: true, ...(broadcast ? { broadcast } : {}) }), channel.id);
    },
  });
}

function showHome(page) {
  const { home } = page.seen;
  const place = byId("messages");
  const sign = JSON.stringify([home, page.me]);
  if (place.firstChild?.signature === sign) return;
  const stage = {
    reader: page.reader,
    surface: "home",
    valueOf: (block, element) => bareValue(home.state.values[block.block_id]?.[element.action_id]),
    changed: (block, element, value) => act(page.me, "press_in_home", { action_id: element.action_id, block: block.block_id, select: value }),
    press: async (element, block, choice) => {
      const answer = await act(page.me, "press_in_home", { action_id: element.action_id, value: element.value, block: block.block_id, ...choice });
      return answer.ok ? troubleOf(answer.result?.error) : answer.error;
    },
  };
  const body = h("div", { class: "home" }, home ? drawBlocks(home.blocks, stage) : h("p", { class: "empty" }, `${page.seen.app.name} has put nothing here. It talks in channels and in Messages.`));
  body.signature = sign;
  place.place = "home";
  place.replaceChildren(body);
}
