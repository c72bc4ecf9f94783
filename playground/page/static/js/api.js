// The page's only way to the stand-in. Answers are values; a broken line is an answer too.

async function post(address, body) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "The stand-in does not answer." };
  }
}

async function get(address) {
  const answer = await fetch(address);
  return answer.json();
}

/** Does as a person does: `{ok, result}` or `{ok: false, error}` with a sentence. */
export const act = (person, verb, facts = {}) => post("/playground/act", { person, verb, ...facts });
export const seenBy = (person) => get(`/page/seen?as=${encodeURIComponent(person)}`);
export const wireSince = async (number) => (await get(`/playground/wire?since=${number}`)).exchanges;
export const moveClock = (move) => post("/page/clock", { move });
export const markRead = (person, places) => post("/page/read", { person, places });
export const playStory = (play) => post("/page/story", { play });

/** Calls `changed` at each change, `line(up)` when the connection comes and goes. */
export function follow(changed, line) {
  const source = new EventSource("/page/stream");
  source.onmessage = () => changed();
  source.onopen = () => line(true);
  source.onerror = () => line(false);
}
