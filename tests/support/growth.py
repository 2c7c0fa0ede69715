"""What a server has taken of the machine: compared before and after, it tells what leaks."""
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Holdings:
    processes: Counter  # by program
    descriptors: int
    kib: int  # proportional: what processes share counts once
    shared_kib: int

    def __str__(self):
        programs = ", ".join(f"{count} {program}" for program, count in sorted(self.processes.items()))
        return f"{programs}; {self.descriptors} descriptors, {self.kib / 1024:.1f} MiB, {self.shared_kib / 1024:.1f} MiB shared"

    def growth_since(self, before, descriptors, kib):
        """In words, what is more than these allow; [] for nothing."""
        found = []
        if self.processes != before.processes:
            found.append("processes")
        if self.descriptors > before.descriptors + descriptors:
            found.append("descriptors")
        if self.kib > before.kib + kib:
            found.append("memory")
        if self.shared_kib > before.shared_kib + kib:
            found.append("shared memory")
        return found


def holdings(processes):
    alive = [each for each in processes if each.is_alive()]
    return Holdings(Counter(each.program for each in alive), sum(_descriptors(each) for each in alive),
                    sum(each.proportional_kib() for each in alive), sum(each.proportional_kib("Pss_Shmem") for each in alive))


def _descriptors(process):
    try:
        return len(process.descriptors())
    except FileNotFoundError:
        return 0
