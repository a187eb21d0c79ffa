"""The worker process: `python -m survey_app.jobs.process ADDRESS`. It lives no longer than the server that began it."""

import asyncio
import logging
import os
import signal
import sys
import threading


def main(address: str) -> None:
    """Work for the scheduler at `address` until it, or whoever holds our standard input, is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal ends the server, and the server ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asyncio.run(_work(address))
    os._exit(0)  # work that is still in a thread is nobody's any more


async def _work(address: str) -> None:
    import dask
    from distributed import Worker

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    dask.config.set({"distributed.worker.http.routes": [], "distributed.admin.tick.limit": "1h"})
    async with Worker(
        address, nthreads=1, host="127.0.0.1", dashboard=False, dashboard_address="127.0.0.1:0", memory_limit=0,
        death_timeout=30,
    ) as worker:  # fmt: skip
        await worker.finished()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
