// Times in the reader's zone: message times, days, and the tokens of `<!date^…>`.

const cache = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }));
  return cache.get(key);
}

const made = (seconds, zone, options) => format(zone, options).format(new Date(seconds * 1000));

export const clockTime = (seconds, zone) => made(seconds, zone, { hour: "numeric", minute: "2-digit" });
export const withSeconds = (seconds, zone) =>
  made(seconds, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
export const wholeMoment = (seconds, zone) =>
  made(seconds, zone, { weekday: "long", month: "long", day: "numeric", year: "numeric", hour: "numeric", minute: "2-digit" });
export const shortMoment = (seconds, zone) =>
  made(seconds, zone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const dayKey = (seconds, zone) =>
  made(seconds, zone, { year: "numeric", month: "2-digit", day: "2-digit" });

function ordinal(n) {
  const rest = n % 100;
  if (rest > 10 && rest < 14) return `${n}th`;
  return `${n}${["th", "st", "nd", "rd"][n % 10] ?? "th"}`;
}

/** "Today", "Yesterday", or the day. */
export function dayName(seconds, now, zone) {
  return nearDay(seconds, now, zone, true)
    ?? `${made(seconds, zone, { weekday: "long" })}, ${made(seconds, zone, { month: "long" })} ${ordinal(Number(made(seconds, zone, { day: "numeric" })))}`;
}

export const isSameDay = (a, b, zone) => dayKey(a, zone) === dayKey(b, zone);

function nearDay(seconds, now, zone, capital) {
  const names = { 0: "Today", [-1]: "Yesterday", 1: "Tomorrow" };
  for (const [days, name] of Object.entries(names)) {
    if (dayKey(now + Number(days) * 86400, zone) === dayKey(seconds, zone)) return capital ? name : name.toLowerCase();
  }
  return null;
}

const HALF_A_YEAR = 182 * 86400;

/** Slack leaves the year out of what is less than six months away. */
const isNear = (s, now) => Math.abs(s - now) < HALF_A_YEAR;

const day = (s, zone, now, month, weekday) => {
  const date = `${made(s, zone, { month })} ${ordinal(Number(made(s, zone, { day: "numeric" })))}`;
  const words = isNear(s, now) ? date : `${date}, ${made(s, zone, { year: "numeric" })}`;
  return weekday ? `${made(s, zone, { weekday: "long" })}, ${words}` : words;
};

const TOKENS = {
  date_num: (s, zone) => {
    const [month, date, year] = dayKey(s, zone).split("/");
    return `${year}-${month}-${date}`;
  },
  date_slash: (s, zone) => dayKey(s, zone),
  date: (s, zone, now) => day(s, zone, now, "long"),
  date_long: (s, zone, now) => day(s, zone, now, "long", true),
  date_long_full: (s, zone, now) => day(s, zone, now, "long", true),
  date_short: (s, zone, now) =>
    made(s, zone, { month: "short", day: "numeric", ...(isNear(s, now) ? {} : { year: "numeric" }) }),
  time: (s, zone) => clockTime(s, zone),
  time_secs: (s, zone) => made(s, zone, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (s, zone, now) => ago(s - now),
  day_divider_pretty: (s, zone, now) => nearDay(s, now, zone, true) ?? day(s, zone, now, "long", true),
};

function ago(distance) {
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
  const [unit, size] = units.find(([, seconds]) => Math.abs(distance) >= seconds) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en").format(Math.round(distance / size), unit);
}

/** The words of `<!date^seconds^form|…>`; null for a token that Slack does not know. */
export function dateToken(seconds, form, { zone, now }) {
  let known = true;
  const words = form.replace(/\{(\w+)\}/g, (whole, name) => {
    const pretty = name.endsWith("_pretty") && name !== "day_divider_pretty";
    const base = pretty ? name.slice(0, -"_pretty".length) : name;
    if (!(base in TOKENS)) {
      known = false;
      return whole;
    }
    const near = pretty && nearDay(seconds, now, zone, false);
    return near || TOKENS[base](seconds, zone, now);
  });
  return known ? words : null;
}
