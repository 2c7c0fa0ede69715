#include "launcher/manifests/manifest_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "launcher/plan/process_count.hpp"
#include "launcher/run/stop_times.hpp"

namespace warp {
namespace {

using std::chrono::seconds;

constexpr seconds kReserve{10};
// Of a server that is none of ours: gunicorn's time for running requests, which is the longest, and
// the hook that waits for balancers.
constexpr seconds kGraceOfOthers{30 + 5};
constexpr seconds kReserveOfStart{60};
constexpr seconds kProbePeriod{2};
// What Kubernetes has when nobody says how long a roll-out may take.
constexpr seconds kUsualProgress{600};
constexpr unsigned kUsualProcesses = 2;
// One more Python program, as big as a process that serves.
constexpr std::uint64_t kForService = std::uint64_t{256} << 20U;
constexpr unsigned kMilliCpusOfProcess = 500;
constexpr std::uint16_t kUsualManagementPort = 9180;

std::string count(seconds duration) { return std::to_string(duration.count()); }

std::string memory_text(std::uint64_t bytes) {
  constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
  return std::to_string((bytes + kMebibyte - 1) / kMebibyte) + "Mi";
}

// Deployments hear of new images of a stream by an annotation.
std::string image_triggers(const ManifestRequest& request) {
  return R"([{"from":{"kind":"ImageStreamTag","name":")" + request.image +
         R"("},"fieldPath":"spec.template.spec.containers[?(@.name==\"web\")].image"}])";
}

void add_times(TemplateValues& values, const ManifestRequest& request) {
  const Settings& settings = request.settings;
  const bool is_ours = request.served_by == ServedBy::kHttpd;
  const StopTimes times = stop_times(settings, default_shutdown_delay(1, false));
  const seconds stop = is_ours ? longest_stop(times) : kGraceOfOthers;
  const seconds start = settings.startup_timeout + kReserveOfStart;
  // Silent while a request waits for a thread or a process, then until the application answers.
  const seconds answer =
      std::max(settings.queue_timeout, settings.connect_timeout) + settings.request_timeout;
  values.named["delay_seconds"] = count(times.delay);
  values.named["graceful_seconds"] = count(settings.graceful_timeout);
  values.named["shutdown_seconds"] = count(settings.shutdown_timeout);
  values.named["grace_seconds"] = count(stop + kReserve);
  values.named["startup_seconds"] = count(settings.startup_timeout);
  values.named["startup_failures"] = std::to_string((start + kProbePeriod) / kProbePeriod);
  values.named["progress_seconds"] = count(std::max(kUsualProgress, start + start));
  values.named["answer_seconds"] = count(answer + kReserve);
  values.named["answer_time"] = count(answer + kReserve) + "s";
}

void add_sizes(TemplateValues& values, const Settings& settings) {
  const unsigned processes = settings.processes > 0 ? settings.processes : kUsualProcesses;
  const std::uint64_t services = settings.service_scripts.size();
  const std::uint64_t most = std::max(settings.memory_limit, settings.memory_hard_limit);
  values.named["sizing"] =
      settings.processes > 0
          ? fmt::format("For {} {}.", processes, processes == 1 ? "process" : "processes")
          : fmt::format("The server has as many processes as these limits have room for: {}.",
                        processes);
  values.named["cpu_request"] = std::to_string(processes * kMilliCpusOfProcess) + "m";
  values.named["cpu_limit"] = std::to_string(processes);
  values.named["memory"] = memory_text(memory_for(processes, most) + services * kForService);
  values.named["job_memory"] = memory_text(memory_for(1, most));
}

}  // namespace

TemplateValues manifest_values(const ManifestRequest& request) {
  const Settings& settings = request.settings;
  // With a registry, or by a digest, it is no stream of the cluster's.
  const bool is_stream = request.builder.find_first_of("/@") == std::string::npos;
  const bool is_tagged = request.builder.find(':') != std::string::npos;
  TemplateValues values;
  values.named["name"] = request.name;
  values.named["job"] = request.name + "-migrate";
  values.named["image"] = request.image;
  values.named["is_built_here"] = request.is_built;
  values.named["image_triggers"] = image_triggers(request);
  values.named["builder"] = request.builder + (is_stream && !is_tagged ? ":latest" : "");
  values.named["builder_kind"] = std::string(is_stream ? "ImageStreamTag" : "DockerImage");
  values.named["builder_is_stream"] = is_stream;
  values.named["has_source"] = !request.source.empty();
  values.named["source"] = request.source;
  values.named["has_host"] = !request.host.empty();
  values.named["host"] = request.host;
  values.named["port"] = std::to_string(request.port);
  values.named["has_management"] = request.served_by == ServedBy::kHttpd;
  values.named["management_port"] = std::to_string(
      settings.management_port > 0 ? settings.management_port : kUsualManagementPort);
  values.named["body_size"] = std::to_string(settings.limit_request_body);
  add_times(values, request);
  add_sizes(values, settings);
  return values;
}

}  // namespace warp
