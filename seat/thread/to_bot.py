"""Words alone in a message that are said to the bot, not of the customer: `help`, `undo`, `?`."""

import re

from seat.thread.words import fold

_LONGEST = 40

_HELP = re.compile(
    r"[?？؟¿;]{1,3}"
    r"|/?(?:help|commands?|menu|how|how to|what now|what next|hilfe|ayuda|aide|aiuto|ajuda"
    r"|hulp|hjälp|hjælp|pomoc|помощь|справка|ヘルプ|助けて|帮助|幫助|도움말|مساعدة)"
    r"(?: me)?(?: (?:please|pls))?"
    r"|(?:how|what) (?:do|can|should) i (?:do|type|write|say|answer|reply)(?: (?:here|now))?"
    r"|how does (?:this|it) work|what(?:'s| is) this"
    r"|list|show|status|options|next(?: question)?|done|finished|finish|submit|send"
    r"|confirm|confirmed|pass|pass on|decline|hand over|edit|delete|remove"
)
"""A plea for help, or a command: what it names is a button here, or has other words."""
_UNDO = re.compile(
    r"/?(?:(?:oops|sorry|no|please|pls|wait)[, ]+)?"
    r"(?:undo|un-?do|revert|rückgängig|deshacer|annuler"
    r"|annulla|desfazer|ångra|fortryd|取り消し|元に戻す|撤销|撤銷)"
    r"(?: (?:that|this|it|last|the last(?: one)?|please|pls|my last(?: (?:one|message|answer))?))?"
    r"|(?:take|scratch|scrap) (?:that|it)(?: back)?|take back"
    r"|(?:delete|cancel|remove|ignore|forget) (?:that|my last (?:one|message|answer))"
)


_GREETING = re.compile(
    r"(?:hello|hi|hey|hiya|howdy|yo|hallo|moin|hola|bonjour|salut|ciao|ol[aá]|hej|hei|ahoj"
    r"|cze[sś][cć]"
    r"|привет|здравствуйте|こんにちは|你好|안녕하세요|مرحبا|שלום"
    r"|good (?:morning|afternoon|evening))"
    r"(?:[ ,]+(?:there|bot|customer seat|all|again))?(?: :\w+:)?"
)


def is_greeting(text: str) -> bool:
    """`hello`, and nothing else."""
    return len(text) <= _LONGEST and _GREETING.fullmatch(_bare(text)) is not None


def is_mentioned(text: str, bot_user: str) -> bool:
    """Whether the bot is addressed in a message as Slack writes it down."""
    return bot_user != "" and re.search(rf"<@{re.escape(bot_user)}(?:\|[^>]*)?>", text) is not None


def is_help(text: str) -> bool:
    """Asks how this works, or names a command that is a button here."""
    return len(text) <= _LONGEST and _HELP.fullmatch(_bare(text)) is not None


def is_undo(text: str) -> bool:
    return len(text) <= _LONGEST and _UNDO.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    plain = fold(text).strip(" .!¡…`'\"*_")
    return plain if set(plain) <= set("?？؟¿;") else plain.rstrip("?？؟ ")
