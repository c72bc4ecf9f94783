"""What a campaign begins with, by property: good things, and things that went wrong once."""

from bot.data import data_folder

SEEDS: dict[str, tuple[str, ...]] = {
    "thread": (
        "2. $39, the site says so (measured)",
        "skip 3: we sell to no one there\n4. don't know",
        "object: she was promised $39\nonly if it holds until renewal",
        "she says: I would leave",
        "3 customers told me",
        "undo",
    ),
    "blocks": (
        '[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","offset":2,'
        '"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a"}]}]}]}]',
    ),
    "command": ("pricing Team plan from $39 to $49", "PRICING", "", "  Team   plan "),
    "date": ("2026-03-02", "", "2026-02-30", "20260302", "2026-W10-1", "0001-01-01"),
    "target": ("1:2", "1:2:3:mind", "999999999:1", "1:-1", "１:1", "a:b"),
    "payload": (
        '{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"1.1",'
        '"actions":[{"action_id":"decide","value":"1:1","action_ts":"1.0","block_id":"b"}]}',
        '{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1",'
        '"callback_id":"decide","private_metadata":"{}","state":{"values":{}}}}',
        '{"type":"message","channel":"C1","user":"U1","text":"1. a","ts":"1.0","thread_ts":"0.9"}',
        '{"team_id":"T1","user_id":"U1","command":"/customer-seat","text":"\\ud83d\\u0000"}',
    ),
    "escaping": ("<!channel> & <https://a.example|b>", "*bold* _it_ ~no~ `code` :tada:", "\u202ex"),
    "checklist": (
        (data_folder("checklists") / "pricing.yaml").read_text(),
        "kind: pricing\nquestions:\n  - text: Where?\n",
        "a: &a [*a]",
        "- \x00",
    ),
}
