# SPDX-License-Identifier: GPL-3.0-or-later
"""Rounds in turns, and the lines that come of them."""
import mmap
import os
import resource
import statistics
import time

TOUCHED = 2 << 30


def busy_time():
    """Processor seconds of the whole machine, so far."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def own_time():
    """Of it, this program's and that of the loads, which have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def touch_memory():
    """The host of a virtual machine takes back what is free, and gives it again twenty times more slowly than it can be used:
    what a server will need is taken and let go shortly before."""
    with mmap.mmap(-1, TOUCHED, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        memory.madvise(mmap.MADV_HUGEPAGE)
        memory[::mmap.PAGESIZE] = bytes(TOUCHED // mmap.PAGESIZE)


def touching_memory(run):
    def touched(seconds):
        touch_memory()
        return run(seconds)
    return touched


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def cost(rounds):
    """The least processor time of the server for one of what is counted."""
    return min(one.processor for one in rounds)


def figures_of(rounds):
    """The median, the least and the most, and the cost."""
    if not rounds:
        return f"{'':10} {'':17} {'':7}"
    rates = [one.rate for one in rounds]
    spread = f"{number(min(rates))}-{number(max(rates))}"
    return f"{number(statistics.median(rates)):>10} {spread:>17} {f'{1e6 * cost(rounds):.3g}' if cost(rounds) else '':>7}"


class Table:
    def __init__(self, rounds, seconds):
        self.rounds, self.seconds, self.sound, self.others = rounds, seconds, True, None
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the beginning; {rounds} rounds of {seconds} s each\n"
              f"{'figure':32} {'wanted':20} {'':6} {'ratio':>7} {'by CPU':>7} {'measured':>10} {'least-most':>17} {'CPU us':>7} "
              f"{'beside it':>10} {'least-most':>17} {'CPU us':>7} {'others':>6}", flush=True)

    def in_turns(self, *loads):
        """The rounds of each load, a function of the seconds it may take; after one that does not count."""
        loads = [touching_memory(run) for run in loads]
        for run in loads:
            run(1)
        begun, busy, own = time.monotonic(), busy_time(), own_time()
        rounds = [[run(self.seconds) for run in loads] for _ in range(self.rounds)]
        own = own_time() - own + sum(one.processor_seconds for each in rounds for one in each)
        self.others = max(0, busy_time() - busy - own) / (time.monotonic() - begun) / os.cpu_count()
        return [list(of_one) for of_one in zip(*rounds)]

    def line(self, figure, wanted, holds, measured, beside=(), ratio="", by_processor=""):
        refused = sum(one.refused for one in [*measured, *beside])
        self.sound &= refused == 0
        verdict = "" if holds is None else "holds" if holds else "MISSED"
        others, self.others = "" if self.others is None else f"{self.others:6.0%}", None
        print(f"{figure:32} {wanted:20} {verdict:6} {ratio:>7} {by_processor:>7} {figures_of(measured)} {figures_of(beside)} {others}"
              f"{f'  {refused} REFUSED' if refused else ''}", flush=True)

    def compare(self, figure, measured, name, beside, least):
        """At least so many times what the other does, below 2 told in percent; None: there is no goal."""
        ratio = statistics.median(a.rate / b.rate for a, b in zip(measured, beside))
        text = (lambda value: f"{value:.0%}") if least and least < 2 else (lambda value: f"{value:.3g} x")
        wanted = f">= {text(least)} {name}" if least else f"beside {name}"
        by_processor = cost(beside) / cost(measured)  # what the rates would tell if the servers were the only limit
        self.line(figure, wanted, ratio >= least if least else None, measured, beside, text(ratio), text(by_processor))

    def at_least(self, figure, measured, least):
        self.line(figure, f">= {least:,}", statistics.median(one.rate for one in measured) >= least, measured)

    def at_most(self, figure, measured, most, unit):
        self.line(figure, f"< {most} {unit}", statistics.median(one.rate for one in measured) < most, measured)

    def missing(self, figure, error):
        print(f"{figure:32} left out: {error}", flush=True)
