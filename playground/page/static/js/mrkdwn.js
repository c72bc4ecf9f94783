// Slack's mrkdwn -> nodes. Anything that is not markup stays the text it is.

import { dateToken, wholeMoment } from "./dates.js";
import { h } from "./dom.js";
import { emojiText, signOf, wordsOf } from "./emoji.js";
import { readPermalink } from "./places.js";

export const unescape = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const INLINE = new RegExp(
  [
    "<(?<control>[^<>]+)>",
    "`(?<code>[^`\\n]+)`",
    ":(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-\\d)?):",
    "(?<![\\p{L}\\p{N}*])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?![\\p{L}\\p{N}~])",
  ].join("|"),
  "gu",
);

/** `reader`: {zone, now, people, channels, go}. */
export function drawMrkdwn(text, reader, { verbatim = false } = {}) {
  return text.split(/```/).flatMap((part, at, all) => {
    const isCode = at % 2 === 1 && at < all.length - 1;
    if (isCode) return [h("pre", {}, h("code", {}, plainControls(part.replace(/^\n/, "").replace(/\n$/, ""))))];
    const words = at % 2 === 1 ? "```" + part : part;
    return drawLines(at ? words.replace(/^\n/, "") : words, reader, verbatim);
  });
}

function drawLines(text, reader, verbatim) {
  const nodes = [];
  let quoted = [];
  const closeQuote = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, joinLines(quoted, reader, verbatim)));
    quoted = [];
  };
  let lines = [];
  const closeLines = () => {
    if (lines.length) nodes.push(h("div", { class: "lines" }, joinLines(lines, reader, verbatim)));
    lines = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      closeLines();
      quoted.push(quote[1]);
    } else {
      closeQuote();
      lines.push(line);
    }
  }
  closeQuote();
  if (lines.some((line) => line !== "") || !nodes.length) closeLines();
  return nodes;
}

const joinLines = (lines, reader, verbatim) =>
  lines.flatMap((line, at) => [at ? h("br") : null, ...drawInline(line, reader, verbatim)]);

export function drawInline(text, reader, verbatim = false) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) nodes.push(unescape(text.slice(at, match.index)));
    nodes.push(drawPiece(match, reader, verbatim));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(unescape(text.slice(at)));
  return nodes;
}

function drawPiece(match, reader, verbatim) {
  const { control, code, emoji, bold, italic, strike } = match.groups;
  if (control !== undefined) return drawControl(control, reader, match[0]);
  if (code !== undefined) return h("code", {}, plainControls(code));
  if (emoji !== undefined) return drawEmoji(emoji);
  if (bold !== undefined) return h("strong", {}, drawInline(bold, reader, verbatim));
  if (italic !== undefined) return h("em", {}, drawInline(italic, reader, verbatim));
  return h("s", {}, drawInline(strike, reader, verbatim));
}

/** In code, links show their address. */
const plainControls = (text) => unescape(text.replace(/<(https?:[^<>|]+)(?:\|[^<>]*)?>/g, "$1"));

export function drawEmoji(name) {
  if (signOf(name) === null) return `:${name}:`;
  return h("span", { class: "emoji", role: "img", "aria-label": wordsOf(name), title: `:${name}:` }, emojiText(name));
}

function drawControl(control, reader, whole) {
  const bar = control.indexOf("|");
  const head = bar < 0 ? control : control.slice(0, bar);
  const label = bar < 0 ? "" : control.slice(bar + 1);
  if (head.startsWith("@")) return drawPerson(head.slice(1), reader, label);
  if (head.startsWith("#")) return drawChannel(head.slice(1), reader, label);
  if (head.startsWith("!date^")) return drawDate(head, unescape(label), reader);
  if (head.startsWith("!subteam^")) return h("span", { class: "mention" }, unescape(label) || "@group");
  if (/^!(here|channel|everyone)$/.test(head)) return h("span", { class: "mention loud" }, `@${head.slice(1)}`);
  if (/^(https?|mailto|tel):/.test(head)) {
    return drawLink(unescape(head), label ? drawInline(label, reader) : null, reader);
  }
  return unescape(whole);
}

export function drawPerson(id, reader, label = "") {
  const person = reader.people[id];
  const mine = id === reader.me ? " mine" : "";
  return h("span", { class: `mention${mine}` }, `@${person?.real_name ?? (unescape(label) || id)}`);
}

export function drawChannel(id, reader, label = "") {
  const channel = reader.channels.find((c) => c.id === id);
  if (!channel) return h("span", { class: "mention" }, `#${unescape(label) || "private channel"}`);
  return h("a", { class: "mention", href: `#${id}`, onclick: (e) => { e.preventDefault(); reader.go(id); } }, `#${channel.name}`);
}

export function drawDate(head, fallback, reader) {
  const [, seconds, form, link] = head.split("^");
  const words = dateToken(Number(seconds), form ?? "", reader) ?? fallback;
  const shown = h("time", { datetime: new Date(Number(seconds) * 1000).toISOString(), title: wholeMoment(Number(seconds), reader.zone) }, words);
  return link ? drawLink(unescape(link), shown, reader) : shown;
}

/** Links to messages here are followed in the page; any other opens a new one, and says nothing of us. */
export function drawLink(address, inside, reader) {
  const words = inside ?? address.replace(/^mailto:/, "");
  if (!/^(https?|mailto|tel):/.test(address)) return h("span", {}, words);
  const place = readPermalink(address, reader);
  if (place) {
    return h("a", { href: `#${place.channel}`, onclick: (e) => { e.preventDefault(); reader.go(place.channel, place); } }, words);
  }
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}
