// Addresses of messages, as the stand-in writes them: which channel, message and thread.

const PERMALINK = /^https:\/\/([\w-]+)\.slack\.com\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?(.*))?$/;

/** {channel, ts, thread} of a link to a message in this workspace, else null. */
export function readPermalink(address, reader) {
  const found = PERMALINK.exec(address);
  if (!found || !reader.channels.some((c) => c.id === found[2])) return null;
  const [, , channel, seconds, rest, query] = found;
  const ts = seconds ? `${seconds}.${rest}` : null;
  return { channel, ts, thread: new URLSearchParams(query ?? "").get("thread_ts") ?? ts };
}

export const permalink = (state, channel, message) => {
  const thread = message.thread_ts && message.thread_ts !== message.ts;
  return `https://${state.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace(".", "")}`
    + (thread ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : "");
};
