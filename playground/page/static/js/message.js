// One message: who, when, what, its reactions, its thread, and what can be done with it.

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks.js";
import { clockTime, dayName, wholeMoment } from "./dates.js";
import { h, say } from "./dom.js";
import { troubleOf } from "./elements.js";
import { QUICK, emojiText, wordsOf } from "./emoji.js";
import { bareValue } from "./fields.js";
import { openMenu } from "./menu.js";
import { drawMrkdwn, unescape } from "./mrkdwn.js";
import { openReactions } from "./reactions.js";
import { drawUnknown } from "./unknown.js";
import { drawWriting } from "./composer.js";

/** `page`: see page.js. `where`: channel or thread. */
export function drawMessage(message, channel, page, { where, compact, onlyMe, editing, notice }) {
  const { reader } = page;
  const author = reader.people[message.user];
  const name = notice ? "Slackbot" : (author?.real_name ?? "Somebody");
  const at = Number(message.ts);
  const isGone = message.subtype === "tombstone";
  const time = h("time", { datetime: new Date(at * 1000).toISOString(), title: wholeMoment(at, reader.zone) }, clockTime(at, reader.zone));
  const head = h("div", { class: "message-head" },
    h("span", { class: "author" }, name),
    (author?.is_bot || notice) && h("span", { class: "app-mark" }, "APP"),
    author?.guest && h("span", { class: "app-mark" }, "guest"),
    author?.outside && h("span", { class: "app-mark" }, "outside"),
    time);
  const body = editing
    ? drawWriting({
        page, label: "Edit message", key: `edit ${message.ts}`, initial: typedText(message, reader), send: "Save",
        cancelled: () => page.edit(null),
        sent: async (text) => {
          page.edit(null);
          return page.tried(act(reader.me, "edit", { channel: channel.id, ts: message.ts, text, as_list: true }));
        },
      })
    : drawBody(message, channel, page, isGone);
  const broadcast = message.subtype === "thread_broadcast" && where === "channel"
    && h("p", { class: "broadcast" }, "replied to ", h("button", { type: "button", class: "link", onclick: () => page.openThread(channel.id, message.thread_ts) }, "a thread"));
  return h("article", {
    class: `message${compact ? " compact" : ""}${onlyMe ? " only-me" : ""}${isGone ? " gone" : ""}`,
    "data-ts": message.ts, tabindex: "-1",
    "aria-label": `${name}, ${dayName(at, reader.now, reader.zone)} ${clockTime(at, reader.zone)}`,
  },
  h("div", { class: "gutter", "aria-hidden": "true" }, compact ? h("span", { class: "small-time" }, clockTime(at, reader.zone).replace(/ [AP]M/, "")) : avatar(author, notice)),
  h("div", { class: "message-main" },
    onlyMe && h("p", { class: "only-you" }, h("span", { "aria-hidden": "true" }, "👁 "), "Only visible to you"),
    broadcast, compact ? null : head, body,
    drawReactions(message, channel, page),
    where === "channel" && message.reply_count && !onlyMe ? drawThreadBar(message, channel, page) : null),
  isGone || notice ? null : drawTools(message, channel, page, { where, onlyMe }));
}

function drawBody(message, channel, page, isGone) {
  const { reader } = page;
  const values = (block, element) => initialOf(element);
  const stage = {
    reader,
    surface: "message",
    valueOf: values,
    press: async (element, block, choice) => {
      const facts = { channel: channel.id, ts: message.ts, action_id: element.action_id, value: element.value, block: block.block_id, ...choice };
      const answer = await act(reader.me, "press", facts);
      return answer.ok ? troubleOf(answer.result?.error) : answer.error;
    },
  };
  const words = message.blocks?.length ? drawBlocks(message.blocks, stage) : h("div", { class: "plain-text" }, drawMrkdwn(message.text ?? "", reader));
  const edited = message.edited && message.user !== reader.app.user && !isGone && h("span", { class: "edited" }, " (edited)");
  const files = (message.files ?? []).map((file) => h("p", { class: "file" }, `📄 ${file.name}`));
  const attached = (message.attachments ?? []).map((a) =>
    a.blocks ? h("div", { class: "attachment" }, drawBlocks(a.blocks, stage))
      : a.text || a.title ? h("div", { class: "attachment" }, h("strong", {}, a.title ?? ""), " ", drawMrkdwn(a.text ?? "", reader))
        : drawUnknown("attachment", "", a));
  return h("div", { class: "message-body" }, words, edited, files, attached);
}

function initialOf(element) {
  const [, value] = Object.entries(element).find(([name]) => name.startsWith("initial_")) ?? [];
  return value === undefined ? null : bareValue({ value });
}

function drawReactions(message, channel, page) {
  if (!message.reactions?.length) return null;
  const { me, people } = page.reader;
  return h("div", { class: "reactions" },
    message.reactions.map(({ name, users, count }) => {
      const mine = users.includes(me);
      const who = users.map((id) => (id === me ? "you" : (people[id]?.real_name ?? "somebody"))).join(", ");
      return h("button", {
        type: "button", class: "reaction", "aria-pressed": String(mine), "data-focus": `r-${name}`, "data-reaction": name,
        title: `${who} reacted with :${name}:`, "aria-label": `${wordsOf(name)}, ${count}: ${who}`,
        onclick: () => page.tried(act(me, mine ? "unreact" : "react", { channel: channel.id, ts: message.ts, name })),
      }, h("span", { class: "emoji" }, emojiText(name)), ` ${count}`);
    }));
}

function drawThreadBar(message, channel, page) {
  const { people, now, zone } = page.reader;
  const last = Number(message.latest_reply);
  const isNew = page.isNewReply(channel.id, message);
  return h("button", {
    type: "button", class: `thread-bar${isNew ? " new" : ""}`, "data-focus": "thread",
    onclick: () => page.openThread(channel.id, message.ts),
  },
  h("span", { class: "faces", "aria-hidden": "true" }, message.reply_users.slice(0, 4).map((id) => avatar(people[id]))),
  h("span", { class: "replies" }, `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`),
  isNew && h("span", { class: "new-mark" }, "new"),
  h("span", { class: "last" }, `Last reply ${dayName(last, now, zone).replace(/^(Today|Yesterday)$/, (word) => word.toLowerCase())} at ${clockTime(last, zone)}`));
}

function drawTools(message, channel, page, { where, onlyMe }) {
  const { me } = page.reader;
  const react = (name) => page.tried(act(me, "react", { channel: channel.id, ts: message.ts, name }));
  const has = (name) => message.reactions?.some((r) => r.name === name && r.users.includes(me));
  const tool = (mark, words, onclick, facts = {}) =>
    h("button", { type: "button", class: "tool", "aria-label": words, title: words, "data-focus": `tool-${words}`, onclick, ...facts }, mark);
  if (onlyMe) return null;
  const opened = where === "channel" ? () => page.openThread(channel.id, message.thread_ts ?? message.ts) : null;
  const more = tool("⋮", "More about this message", () => openMenu(more, menuOf(message, channel, page, { reply: opened, add: () => openReactions(more, react) })), { "aria-haspopup": "menu", "aria-expanded": "false" });
  // By keyboard all of these are in the menu: one stop a message, not six.
  const byMouse = { tabindex: "-1" };
  const add = tool("☺", "Add a reaction", () => openReactions(add, react), { ...byMouse, "aria-haspopup": "dialog", "aria-expanded": "false" });
  const quick = QUICK.filter((name) => !has(name)).map((name) => tool(emojiText(name), `React with ${wordsOf(name)}`, () => react(name), byMouse));
  const reply = opened && tool("💬", "Reply in thread", opened, byMouse);
  return h("div", { class: "tools", role: "group", "aria-label": "Do with this message" }, quick, add, reply, more);
}

function menuOf(message, channel, page, { reply, add }) {
  const { me } = page.reader;
  const mine = message.user === me;
  const items = page.seen.shortcuts
    .filter((shortcut) => shortcut.kind === "message")
    .map((shortcut) => ({
      words: shortcut.name,
      note: page.seen.app.name,
      chosen: () => page.tried(act(me, "shortcut", { channel: channel.id, ts: message.ts, callback_id: shortcut.callback_id })),
    }));
  if (reply) items.push({ words: "Reply in thread", chosen: reply });
  items.push({ words: "Add a reaction", chosen: add });
  items.push({
    words: "Copy link",
    chosen: async () => {
      try {
        await navigator.clipboard.writeText(page.linkTo(channel, message));
        say("Link copied");
      } catch {
        page.notice(channel.id, `This browser does not let the page copy. The link: ${page.linkTo(channel, message)}`);
      }
    },
  });
  if (mine) {
    items.push({ words: "Edit message", chosen: () => page.edit(message.ts) });
    items.push({
      words: "Delete message", danger: true,
      chosen: () => page.sure("Delete message?", "This can't be undone.", "Delete",
        () => page.tried(act(me, "delete", { channel: channel.id, ts: message.ts }))),
    });
  }
  return items;
}

/** What a person would have typed: ids back to names. */
function typedText(message, reader) {
  return unescape(message.text)
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (whole, id) => (reader.people[id] ? `@${reader.people[id].name}` : whole))
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (whole, id) => `#${reader.channels.find((c) => c.id === id)?.name ?? id}`)
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, "$1")
    .replace(/^• /gm, "- ");
}
