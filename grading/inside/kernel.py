"""Start the kernel of a student's notebook with the referee's agent in it.

Run as `python -P -s kernel.py CONNECTION_FILE SOCKET`: neither the folder of this file nor the
working folder is on the path, so that no numpy.py or ipykernel_launcher.py beside the notebook is
imported in the place of the real one; PYTHONPATH says where `grading` is.

The agent connects before the first cell runs, and the referee takes no other connection. It works
only while the grader asks for it by a message of its own kind, between two cells.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

import zmq
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from grading.inside.agent import Agent
from grading.inside.elsewhere import ColabModules, forgive_magics


def main(connection_file: str, socket_path: str) -> None:
    """Connect to the referee, then serve the notebook until the sandbox is ended."""
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(socket_path)

    class LabKernel(IPythonKernel):
        """An IPython kernel that can let the referee in between two cells."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.agent = Agent(sock, self.shell.user_ns)
            forgive_magics(self.shell)
            self.shell_handlers["referee_request"] = self.referee_request

        async def referee_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
            self.agent.serve()
            self.session.send(stream, "referee_reply", {"status": "ok"}, parent, ident=ident)

    class LabKernelApp(IPKernelApp):
        """The usual program around a kernel, but no output gets lost on its way."""

        def init_iopub(self, context: zmq.Context[Any]) -> None:
            context.setsockopt(
                zmq.SNDHWM, 0
            )  # else what the grader has not read in time is dropped
            super().init_iopub(context)

    sys.meta_path.append(ColabModules())  # the last: what is really there is found before
    config = Config()
    config.InteractiveShellApp.ignore_cwd = True
    config.HistoryManager.hist_file = ":memory:"
    LabKernelApp.launch_instance(["-f", connection_file], kernel_class=LabKernel, config=config)


if __name__ == "__main__":
    main(*sys.argv[1:])
