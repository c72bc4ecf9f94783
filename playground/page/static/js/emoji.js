// The names of signs, as Slack's: those a bot's words and reactions are likely to have.

const NAMES = `
+1 👍|-1 👎|thumbsup 👍|thumbsdown 👎|x ❌|heavy_check_mark ✔️|white_check_mark ✅|ballot_box_with_check ☑️
question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|warning ⚠️|rotating_light 🚨|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑
hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|clock1 🕐|date 📅|calendar 📆|spiral_calendar_pad 🗓️
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|leftwards_arrow_with_hook ↩️|arrows_counterclockwise 🔄|repeat 🔁
white_small_square ▫️|black_small_square ▪️|white_medium_square ◻️|white_large_square ⬜|black_large_square ⬛
white_circle ⚪|black_circle ⚫|red_circle 🔴|large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠
zero 0️⃣|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|hash #️⃣|1234 🔢
eyes 👀|wave 👋|raised_hands 🙌|clap 👏|pray 🙏|muscle 💪|point_right 👉|point_left 👈|point_up ☝️|raised_hand ✋|hand ✋|ok_hand 👌
smile 😄|smiley 😃|grinning 😀|slightly_smiling_face 🙂|wink 😉|joy 😂|thinking_face 🤔|neutral_face 😐|confused 😕|cry 😢|sob 😭|angry 😠|rage 😡|heart_eyes 😍|sweat_smile 😅|upside_down_face 🙃|face_with_rolling_eyes 🙄|partying_face 🥳
heart ❤️|broken_heart 💔|star ⭐|sparkles ✨|fire 🔥|rocket 🚀|tada 🎉|bulb 💡|bell 🔔|no_bell 🔕|lock 🔒|unlock 🔓|key 🔑|mag 🔍
speech_balloon 💬|left_speech_bubble 🗨️|memo 📝|pencil ✏️|pencil2 ✏️|clipboard 📋|bookmark 🔖|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍
email 📧|envelope ✉️|phone ☎️|iphone 📱|computer 💻|package 📦|moneybag 💰|credit_card 💳|money_with_wings 💸|receipt 🧾|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊
busts_in_silhouette 👥|bust_in_silhouette 👤|chair 🪑|couch_and_lamp 🛋️|ear 👂|lips 👄|scales ⚖️|gift 🎁|coffee ☕|palm_tree 🌴|house 🏠|office 🏢|zzz 💤|information_source ℹ️|heavy_plus_sign ➕|heavy_minus_sign ➖|new 🆕|recycle ♻️|checkered_flag 🏁|triangular_flag_on_post 🚩|construction 🚧|robot_face 🤖`;

const SIGNS = new Map(
  NAMES.trim().split(/\||\n/).map((pair) => {
    const at = pair.lastIndexOf(" ");
    return [pair.slice(0, at), pair.slice(at + 1)];
  }),
);

export const QUICK = ["white_check_mark", "eyes", "x"];
export const PICKED = [
  "+1", "-1", "white_check_mark", "x", "eyes", "heart", "tada", "pray", "raised_hands", "thinking_face",
  "question", "one", "two", "three", "four", "five", "six", "seven", "fire", "joy", "sob", "rocket", "bulb", "wave",
];

/** The sign, or null where this page has none for the name. */
export const signOf = (name) => SIGNS.get(name.split("::")[0]) ?? null;

/** The sign, or `:name:` so that nothing goes missing. */
export const emojiText = (name) => signOf(name) ?? `:${name}:`;

export const emojiNames = () => [...SIGNS.keys()];

export const wordsOf = (name) => name.replaceAll("_", " ").replace("+1", "thumbs up").replace("-1", "thumbs down");
