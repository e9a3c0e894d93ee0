"""``tiaoli platform …``: serve, load the invented world, migrate, verify the trail."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from tiaoli.platform import serving

app = typer.Typer(no_args_is_help=True, help="平台 / the platform")


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiaoli.platform.settings")
    import django

    django.setup()


@app.command("manage", context_settings={"ignore_unknown_options": True})
def manage(arguments: Annotated[list[str], typer.Argument()]) -> None:
    """Django 的管理指令 / a management command of Django."""
    _django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tiaoli platform manage", *arguments])


@app.command("demo")
def demo(
    port: Annotated[int, typer.Option("--port", help="埠 / port")] = 8000,
    serve: Annotated[bool, typer.Option(help="準備好之後提供服務 / serve when ready")] = True,
) -> None:
    """虛構的世界，一個指令就能看 / an invented world to look at, by one command."""
    os.environ.setdefault("TIAOLI_DEBUG", "1")
    os.environ.setdefault("TIAOLI_PUBLIC_URL", f"http://localhost:{port}")
    typer.echo("==> 資料庫 starting the database")
    _django()
    from django.conf import settings

    from tiaoli.platform.alone import alone
    from tiaoli.platform.world import settling
    from tiaoli.platform.world.cast import PASSWORD

    serving.prepare(typer.echo)
    with alone(settings.VAR, "world"):
        if settling.is_settled():
            typer.echo("==> 虛構的世界已在，資料照舊 the invented world is there, as it was left")
        else:
            _settle()
    typer.echo(f"\n登入 log in: http://localhost:{port}/accounts/login/  密碼 password: {PASSWORD}")
    for email, role in settling.logins().items():
        typer.echo(f"    {email:<34} {role}")
    if serve:
        typer.echo("\nCtrl-C 停止一切 stops everything\n")
        raise typer.Exit(serving.serve("127.0.0.1", port, typer.echo))


def _settle() -> None:
    from tiaoli.platform.world import settling

    typer.echo("==> 建立虛構的世界 settling the invented world")
    brought = settling.settle(typer.echo)
    typer.echo(f"    {brought.cases} 件申請 applications")
    if not brought.missing:
        typer.echo("    每個程序的每個狀態都有 one in every state of every procedure")
    for none in brought.missing:
        place = f"{none.regulation} · {none.procedure} · {none.state}"
        typer.echo(f"    尚無 none: {place}：{none.why}")


@app.command("enter")
def enter(
    name: Annotated[str, typer.Argument(help="名稱 / what it is called")],
    administrator: Annotated[str, typer.Option(help="第一位管理者的電子郵件 / their address")],
    kind: Annotated[str, typer.Option(help="society, authority, hospital")] = "society",
    english: Annotated[str, typer.Option(help="英文名稱 / its name in English")] = "",
    runs: Annotated[
        list[str] | None, typer.Option(help="主辦的法規，可重複 / what it runs; repeatable")
    ] = None,
) -> None:
    """登錄機構、它主辦的法規與第一位管理者 / enter a house, what it runs, who administers it."""
    _django()
    from tiaoli.platform.audit.actions import Refused
    from tiaoli.platform.people.founding import THE_MACHINE, House, enter_house
    from tiaoli.platform.people.models import OrganisationKind
    from tiaoli.regulations.catalogue import UnknownRegulation

    if kind not in {one.value for one in OrganisationKind}:
        raise typer.BadParameter("society, authority, hospital", param_hint="--kind")
    house = House(name, OrganisationKind.of(kind), english, tuple(runs or ()))
    try:
        made = enter_house(THE_MACHINE, house, administrator=administrator)
    except (Refused, UnknownRegulation) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{made.name}：已登錄 entered")
    typer.echo(
        f"{administrator} 請在登入頁按「忘記密碼」設定密碼，再邀請其他人。 / "
        "sets a password by “Forgot your password?” on the login page, and invites the others."
    )


@app.command("serve")
def serve_command(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8000,
) -> None:
    """啟動伺服器與背景工作 / the server, and the worker beside it."""
    _django()
    serving.prepare(typer.echo)
    raise typer.Exit(serving.serve(host, port, typer.echo))


@app.command("assets")
def assets() -> None:
    """下載網頁元件 / fetch what pages need in a browser."""
    _django()
    from django.conf import settings

    from tiaoli.platform.web import assets as parts

    parts.install(settings.VAR, typer.echo)


@app.command("verify-trail")
def verify_trail() -> None:
    """檢查軌跡的雜湊鏈 / check the chain of the trail."""
    _django()
    from tiaoli.platform.audit import chain

    count, broken = chain.verify()
    for fault in broken:
        typer.echo(f"{fault.number}: {fault.says.zh} / {fault.says.en}")
    typer.echo(f"{count} 筆，{len(broken)} 筆不符 / {count} events, {len(broken)} broken")
    raise typer.Exit(1 if broken else 0)


@app.command("worker")
def worker() -> None:
    """執行背景工作，直到按 Ctrl-C / run tasks in the background until Ctrl-C."""
    _django()
    from django.core.management import call_command

    call_command("procrastinate", "worker")
