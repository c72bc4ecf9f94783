"""How every command is answered: in the acknowledgement itself, privately."""

from collections.abc import Callable

from bot.errors import Refusal
from bot.handlers.failures import bug, busy, named
from bot.slack.directory import CouldNotAsk
from bot.slack.reading import Command
from bot.toolbox import Response, Toolbox
from bot.views.whispers import draw_whisper
from db.store import StoreBusy, StoreUnreachable


def answer_command(toolbox: Toolbox, asked: Command, do: Callable[[], Response]) -> Response:
    """What `do` answers, or one sentence on what stands in the way and what to do."""
    try:
        return do()
    except Refusal as refused:
        refusal = refused
    except CouldNotAsk:
        refusal = Refusal("try_again", roles=[], people=[])
    except StoreBusy as trouble:
        refusal = busy(trouble, asked.name)
    except StoreUnreachable:
        raise
    except Exception as error:
        refusal = bug(error, asked.name)
    values = named(toolbox, asked.workspace_id, refusal)
    drawn = draw_whisper(f"refusals.{refusal.key}", values, toolbox.wording)
    return {"text": drawn.text, "blocks": drawn.blocks}
