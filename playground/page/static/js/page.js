// What the page itself remembers: who looks, where, what was read, what is being edited. The rest
// is the stand-in's and comes anew with each change.

import { act, markRead, seenBy } from "./api.js";
import { confirmed } from "./confirm.js";
import { say } from "./dom.js";
import { permalink } from "./places.js";

const WHERE = "where everybody is";

export class Page {
  constructor(draw) {
    this.draw = draw;
    this.seen = null;
    this.me = "";
    [this.places, this.threads] = recalled();
    this.read = new Map();
    this.untold = null;
    this.notices = [];
    this.editing = null;
    this.tab = "messages";
    this.target = null;
    this.focusThread = false;
    this.asking = null;
    this.again = false;
  }

  /** One question at a time; what changes meanwhile is asked for once more. */
  async refresh() {
    if (this.asking) {
      this.again = true;
      return this.asking;
    }
    this.asking = this.ask();
    try {
      await this.asking;
    } finally {
      this.asking = null;
    }
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
    return undefined;
  }

  async ask() {
    const asked = this.me;
    let seen;
    try {
      seen = await seenBy(asked);
    } catch {
      return;
    }
    if (asked !== this.me) {
      this.again = true;
      return;
    }
    this.seen = seen;
    for (const [place, ts] of Object.entries(seen.read ?? {})) this.noteRead(seen.me, place, ts);
    this.me = seen.me ?? "";
    if (seen.me) this.draw(this);
  }

  get reader() {
    const { me, people, channels, app, now } = this.seen;
    return { me, people, channels, app, now, zone: people[me].tz, go: (id, place) => this.go(id, place) };
  }

  get channel() {
    const { channels } = this.seen;
    const wanted = this.places.get(this.me);
    return channels.find((c) => c.id === wanted) ?? channels.find((c) => c.kind !== "im" && c.member) ?? channels[0];
  }

  get thread() {
    const open = this.threads.get(this.me);
    const channel = open && this.seen.channels.find((c) => c.id === open.channel);
    return channel?.messages.some((m) => m.ts === open.ts) ? { channel, ts: open.ts } : null;
  }

  /** For this window, until it is closed: a reload leaves everybody where they were. */
  remember() {
    const where = JSON.stringify([[...this.places], [...this.threads]]);
    if (where === this.remembered) return;
    this.remembered = where;
    try {
      sessionStorage.setItem(WHERE, where);
    } catch {
      // A browser that stores nothing: then a reload goes to the first channel.
    }
  }

  become(id) {
    this.me = id;
    this.editing = null;
    history.replaceState(null, "", `#${id}`);
    return this.refresh();
  }

  go(id, place = null) {
    this.places.set(this.me, id);
    this.tab = "messages";
    this.editing = null;
    if (place?.thread && this.isThread(id, place)) this.threads.set(this.me, { channel: id, ts: place.thread });
    else if (this.threads.get(this.me)?.channel !== id) this.threads.delete(this.me);
    this.target = place?.ts ?? null;
    document.body.classList.remove("sidebar-open");
    this.draw(this);
  }

  isThread(id, place) {
    const channel = this.seen.channels.find((c) => c.id === id);
    return channel?.messages.some((m) => m.ts === place.thread && m.reply_count);
  }

  openThread(channel, ts, focus = true) {
    this.threads.set(this.me, { channel, ts });
    this.focusThread = focus;
    document.body.classList.remove("story-open");
    this.draw(this);
  }

  closeThread() {
    const ts = this.thread?.ts;
    this.threads.delete(this.me);
    this.draw(this);
    const again = ts && document.querySelector(`#middle [data-ts="${ts}"] .thread-bar`);
    (again ?? document.getElementById("composer"))?.focus();
  }

  edit(ts) {
    const inThread = document.activeElement?.closest("#thread");
    this.editing = ts;
    this.draw(this);
    if (!ts) document.getElementById(inThread ? "reply" : "composer")?.focus();
  }

  // Read and unread, for each person: known here at once, and kept by the stand-in.

  lastRead(channel, what = "") {
    return this.read.get(`${this.me} ${placeOf(channel, what)}`) ?? "";
  }

  noteRead(person, place, ts) {
    const isNewer = ts > (this.read.get(`${person} ${place}`) ?? "");
    if (isNewer) this.read.set(`${person} ${place}`, ts);
    return isNewer;
  }

  /** One drawing reads several places: they are told together. */
  markRead(channel, ts, what = "") {
    const place = placeOf(channel, what);
    if (!this.noteRead(this.me, place, ts)) return;
    if (!this.untold) {
      const told = this.untold = { person: this.me, places: {} };
      queueMicrotask(() => {
        this.untold = null;
        markRead(told.person, told.places);
      });
    }
    this.untold.places[place] = ts;
  }

  unread(channel) {
    const last = this.lastRead(channel.id);
    const isNews = (m) => m.ts > last && m.user !== this.me && (!m.thread_ts || m.thread_ts === m.ts || m.subtype === "thread_broadcast");
    return channel.messages.filter(isNews).length + channel.only_me.filter((m) => m.ts > last).length;
  }

  isNewReply(channel, message) {
    const place = this.seen.channels.find((c) => c.id === channel);
    return message.latest_reply > this.lastRead(channel, message.ts)
      && place.messages.some((m) => m.ts === message.latest_reply && m.user !== this.me);
  }

  hasNews(id) {
    return this.seen.news.includes(id);
  }

  // Doing

  async tried(doing, place = this.channel?.id) {
    const answer = await doing;
    const trouble = answer.ok ? answer.result?.error : answer.error;
    if (trouble) this.notice(place, troubleWords(trouble));
    return !trouble;
  }

  run(text, channel) {
    const [command, ...rest] = text.split(" ");
    if (!this.seen.commands.some((c) => c.name === command) && this.seen.commands.length) {
      this.notice(channel.id, `${command} is not a valid command. In this workspace there is ${this.seen.commands.map((c) => c.name).join(" and ")}.`);
      return false;
    }
    return this.tried(act(this.me, "command", { command, text: rest.join(" "), channel: channel.id }), channel.id);
  }

  /** Said to this person alone, by Slack rather than by the app. */
  notice(channel, text) {
    this.notices.push({ me: this.me, channel, ts: (this.seen.now + this.notices.length / 1e6).toFixed(6), text });
    this.draw(this);
    say(text);
  }

  async sure(title, text, yes, go) {
    const plain = (words) => ({ type: "plain_text", text: words });
    const facts = { title: plain(title), text: plain(text), confirm: plain(yes), style: "danger" };
    if (await confirmed(facts, this.reader)) go();
  }

  linkTo(channel, message) {
    return permalink(this.seen, channel, message);
  }
}

function recalled() {
  try {
    return JSON.parse(sessionStorage.getItem(WHERE)).map((entries) => new Map(entries));
  } catch {
    return [new Map(), new Map()];
  }
}

const placeOf = (channel, what) => (what ? `${channel} ${what}` : channel);

const troubleWords = (trouble) =>
  ({
    operation_timeout: "The app did not answer within 3 seconds (operation_timeout).",
    dispatch_failed: "The app responded with an error, or not at all (dispatch_failed).",
  })[trouble] ?? trouble;
