"""A balancer for connections: a new one goes to the next server that says it is ready and accepts."""
import asyncio
import contextlib
import threading

from support.ports import free_port


class Balancer:
    """with Balancer(servers) as balancer: …   servers: objects with `port` and is_ready()."""

    def __init__(self, servers):
        self.port = free_port()
        self._servers = list(servers)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self):
        self._thread.start()
        self._call(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        return self

    def __exit__(self, *_):
        self._call(self._cancel())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _cancel(self):
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        with contextlib.closing(writer):
            server = await self._connect()
            if server:
                with contextlib.closing(server[1]):
                    await _first_end(_pass_on(reader, server[1]), _pass_on(server[0], writer))

    async def _connect(self):
        for _ in self._servers:
            self._servers.append(server := self._servers.pop(0))
            if server.is_ready():
                with contextlib.suppress(OSError):
                    return await asyncio.open_connection("127.0.0.1", server.port)
        return None


async def _first_end(*directions):
    tasks = [asyncio.ensure_future(each) for each in directions]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def _pass_on(reader, writer):
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
