"""A server 50 ms away: a proxy that holds every byte back for half of that, either way."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

ONE_WAY = 0.025


@contextlib.contextmanager
def far_away(url: str) -> Iterator[str]:
    """The server behind 50 ms: a connection costs a round trip, and so does a request. Bytes pass untouched."""
    parts = urlsplit(url)
    loop = asyncio.new_event_loop()
    ports: list[int] = []
    ready = threading.Event()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Each piece arrives ONE_WAY after it was sent; pieces overlap on the way."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not data:
                    writer.close()
                    return
                writer.write(data)
                await writer.drain()

        task = asyncio.ensure_future(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                queue.put_nowait((loop.time() + ONE_WAY, data))
        queue.put_nowait((loop.time() + ONE_WAY, b""))
        with contextlib.suppress(OSError):
            await task

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * ONE_WAY)  # the handshake
        with contextlib.suppress(OSError, asyncio.CancelledError):
            there, back = await asyncio.open_connection(parts.hostname, parts.port)
            await asyncio.gather(pump(reader, back), pump(there, writer))

    async def main() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await server.serve_forever()

    def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(main())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield parts._replace(netloc=f"127.0.0.1:{ports[0]}").geturl()
    finally:
        loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        thread.join(5)
