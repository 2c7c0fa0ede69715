#include "launcher/doctor/capacity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "launcher/plan/process_count.hpp"

namespace warp {
namespace {

constexpr auto kCheck = "capacity";
constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
// A process that waits for a database leaves its CPU to another one; far more only contend.
constexpr unsigned kMostForCpu = 4;

}  // namespace

Findings examine_capacity(const Settings& settings, const Granted& granted) {
  const ProcessCount fitting = count_processes(granted);
  const unsigned processes = settings.processes > 0 ? settings.processes : fitting.processes;
  Findings findings;
  if (std::string doubt = doubt_about(processes, granted); !doubt.empty())
    findings.push_back({Verdict::kWarning, kCheck, std::move(doubt)});
  if (granted.cpus && processes > std::max(1.0, *granted.cpus) * kMostForCpu)
    findings.push_back({Verdict::kWarning, kCheck,
                        fmt::format("{} processes share the {:g} CPUs that {} grants; use fewer "
                                    "--processes, or raise the limit",
                                    processes, *granted.cpus, granted.cpus_by)});
  const std::uint64_t each = std::max(settings.memory_limit, settings.memory_hard_limit);
  if (granted.memory && each > *granted.memory / processes)
    findings.push_back(
        {Verdict::kWarning, kCheck,
         fmt::format("{} processes of up to {} MiB (memory-limit, memory-hard-limit) are more than "
                     "the {} MiB that {} grants, so the kernel kills before those limits are "
                     "reached; lower them, or use fewer --processes",
                     processes, each / kMebibyte, *granted.memory / kMebibyte, granted.memory_by)});
  if (findings.empty())
    findings.push_back({Verdict::kOk, kCheck,
                        fmt::format("{} {} of {} threads", processes,
                                    processes == 1 ? "process" : "processes", settings.threads)});
  return findings;
}

}  // namespace warp
