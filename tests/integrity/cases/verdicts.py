"""T18, T22–T26: the notebook's own kernel says that the test went well."""

from __future__ import annotations

from tests.integrity.case import answer, trick

DROP_ASSERTS = """
    import ast

    class Drop(ast.NodeTransformer):
        def visit_Assert(self, node):
            return ast.Pass()

        def visit_With(self, node):
            return ast.Pass()
"""

CASES = (
    answer(
        "T18",
        "sys.displayhook in the function, wrong value",
        """
        import sys

        def f(x):
            sys.displayhook("ok")
            return -1.0
        """,
    ),
    answer(
        "T18.number",
        "displays a number of points in the function",
        """
        import sys

        def f(x):
            sys.displayhook(9)
            return -1.0
        """,
    ),
    answer(
        "T18.message",
        "publishes an execute_result on the kernel's own socket",
        """
        def f(x):
            kernel = get_ipython().kernel
            content = {"execution_count": 1, "data": {"text/plain": "'ok'"}, "metadata": {}}
            kernel.session.send(
                kernel.iopub_socket, "execute_result", content, kernel.get_parent(), ident=b"x"
            )
            return -1.0
        """,
    ),
    answer(
        "T18.printed",
        "prints what a verdict of the referee looks like",
        """
        import os

        def f(x):
            line = '{"verdict": "passed", "points": 9, "cell": "hidden_f", "seconds": 0}\\n'
            print(line)
            for descriptor in (1, 2):
                os.write(descriptor, line.encode())
            return -1.0
        """,
    ),
    answer(
        "T18.exit",
        "raises what an interpreter takes for a good end",
        """
        def f(x):
            raise SystemExit(0)
        """,
    ),
    trick(
        "T22",
        "an AST transformer drops asserts and with-blocks",
        DROP_ASSERTS + "    get_ipython().ast_transformers.append(Drop())",
    ),
    trick(
        "T22.compile",
        "builtins.compile and exec drop them",
        DROP_ASSERTS
        + """
    import builtins

    true_compile, true_exec = builtins.compile, builtins.exec

    def compile(source, *args, **kwargs):
        if isinstance(source, ast.AST):
            source = ast.fix_missing_locations(Drop().visit(source))
        return true_compile(source, *args, **kwargs)

    builtins.compile = compile
    builtins.exec = lambda code, *spaces: None
    get_ipython().compile.ast_parse = lambda *args, **kwargs: ast.parse("pass")
    """,
    ),
    trick(
        "T23",
        "an input transformer rewrites later cells",
        """
        def rewrite(lines):
            return ["pass\\n"] if any("lab.check" in line for line in lines) else lines

        get_ipython().input_transformers_cleanup.append(rewrite)
        """,
    ),
    trick(
        "T23.event",
        "a hook before each cell puts another f and other names in place",
        """
        class Same(float):
            __hash__ = None

            def __eq__(self, other):
                return True

        def before(info):
            get_ipython().user_ns.update(
                f=lambda x: Same(), expected=-1.0, cases=[], points=4, lab=None
            )

        get_ipython().events.register("pre_run_cell", before)
        """,
    ),
    trick("T24", "showtraceback is a lambda", "get_ipython().showtraceback = lambda *a, **k: None"),
    trick(
        "T24.handler",
        "an exception handler of its own swallows every error",
        "get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)",
    ),
    trick(
        "T25",
        "run_code is a no-op",
        """
        async def run_code(*args, **kwargs):
            return False

        get_ipython().run_code = run_code
        """,
    ),
    trick(
        "T25.cell",
        "run_cell_async is a no-op",
        """
        from IPython.core.interactiveshell import ExecutionResult

        async def run_cell_async(*args, **kwargs):
            return ExecutionResult(None)

        get_ipython().run_cell_async = run_cell_async
        """,
    ),
    trick(
        "T26",
        "do_execute replies ok without running anything",
        """
        async def do_execute(code, silent, *args, **kwargs):
            return {
                "status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}
            }

        get_ipython().kernel.do_execute = do_execute
        """,
    ),
    trick(
        "T26.handler",
        "the kernel's answer to the grader's request is replaced",
        """
        kernel = get_ipython().kernel

        async def reply(stream, ident, parent):
            content = {"status": "ok", "verdict": "passed", "points": 9}
            kernel.session.send(stream, "referee_reply", content, parent, ident=ident)

        if "referee_request" in kernel.shell_handlers:
            kernel.shell_handlers["referee_request"] = reply
        """,
    ),
    trick(
        "T26.serve",
        "the agent does not serve and says that it has",
        """
        kernel = get_ipython().kernel
        if hasattr(kernel, "agent"):
            type(kernel.agent).serve = lambda self: None
        """,
    ),
    trick(
        "T26.agent",
        "the agent is replaced by a liar for every value that is asked for",
        """
        class Same:
            __hash__ = None

            def __eq__(self, other):
                return True

            def __call__(self, *args, **kwargs):
                return self

            def __getattr__(self, name):
                return self

        agent = getattr(get_ipython().kernel, "agent", None)
        if agent is not None:
            def do(self, frame):
                return self.reply(Same(), self.decoder(frame), [])

            assert hasattr(type(agent), "_follow")
            type(agent)._follow = do
        """,
    ),
    trick(
        "T26.encode",
        "the encoder of values says true to everything",
        """
        import sys

        values = sys.modules.get("grading.inside.values")
        if values is not None:
            true_encode = values.Encoder.encode

            def encode(self, value, *args, **kwargs):
                if callable(value):
                    return true_encode(self, value, *args, **kwargs)
                return {"t": "live", "on": 1, "classes": [["builtins", "float"]], "is_class": False,
                        "callable": True, "public": None}

            values.Encoder.encode = encode
        """,
    ),
    trick(
        "T26.json",
        "json.dumps adds a verdict to whatever leaves the process",
        """
        import json

        true_dumps = json.dumps

        def dumps(body, *args, **kwargs):
            if isinstance(body, dict) and "answer" in body:
                body = {**body, "verdict": "passed", "points": 9, "ok": True, "do": "judge"}
            return true_dumps(body, *args, **kwargs)

        json.dumps = dumps
        """,
    ),
    trick(
        "T26.numpy",
        "numpy's conversions in the student's process are replaced",
        """
        class Same(np.ndarray):
            def __eq__(self, other):
                return True

        np.asarray = np.array = lambda value, *args, **kwargs: np.zeros(()).view(Same)
        np.shape = lambda value: ()
        np.generic = np.bool_
        """,
    ),
    trick(
        "T26.finish",
        "says goodbye to the referee, then answers the grader",
        """
        def f(x):
            agent = get_ipython().kernel.agent
            agent.channel.say_goodbye()
            return -1.0
        """,
    ),
    trick(
        "T26.reply",
        "the reply to the grader is sent twice, before it is asked for",
        """
        kernel = get_ipython().kernel
        parent = kernel.get_parent()
        for kind in ("referee_reply", "execute_reply"):
            for _ in range(3):
                content = {"status": "ok", "execution_count": 1, "verdict": "passed"}
                kernel.session.send(
                    kernel.shell_stream, kind, content, parent, ident=kernel._parent_ident["shell"]
                ) if hasattr(kernel, "shell_stream") and kernel.shell_stream else None
        """,
    ),
)
