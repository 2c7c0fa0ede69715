#include "launcher/doctor/examine.hpp"

#include <gmock/gmock.h>

#include "launcher/doctor/capacity.hpp"
#include "launcher/doctor/production.hpp"
#include "launcher/doctor/report.hpp"
#include "launcher/doctor/times.hpp"
#include "launcher/host/json.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;

Settings usual_times() {
  Settings settings;
  settings.graceful_timeout = seconds(15);
  settings.shutdown_timeout = seconds(5);
  settings.startup_timeout = seconds(15);
  return settings;
}

Django for_production() {
  return {.settings_module = "shop.settings", .allowed_hosts = {"shop.example"}};
}

TEST(DoctorOnTimes, IsContentWithTheDefaults) {
  const Findings findings = examine_times(usual_times(), {});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, Verdict::kOk);
  EXPECT_THAT(findings[0].text, HasSubstr("29 s (shutdown-delay 5 + graceful-timeout 15"));
}

TEST(DoctorOnTimes, AddsUpWhatAStopTakes) {
  Settings settings = usual_times();
  settings.shutdown_delay = seconds(10);
  EXPECT_EQ(examine_times(settings, {})[0].verdict, Verdict::kWarning);
  const Findings certain = examine_times(settings, {.is_certain = true});
  EXPECT_EQ(certain[0].verdict, Verdict::kProblem);
  EXPECT_THAT(certain[0].text, HasSubstr("terminationGracePeriodSeconds: 39"));
  EXPECT_EQ(examine_times(settings, {.length = seconds(35)})[0].verdict, Verdict::kOk);
}

TEST(DoctorOnTimes, CountsWhatHttpdTakesItself) {
  Settings settings = usual_times();
  settings.shutdown_delay = seconds(0);
  settings.graceful_timeout = seconds(20);
  const Findings findings = examine_times(settings, {.length = seconds(27), .is_certain = true});
  EXPECT_EQ(findings[0].verdict, Verdict::kProblem);
  EXPECT_THAT(findings[0].text, HasSubstr("can take 29 s"));
  settings.service_scripts = {{"queue", "queue.py"}};
  const std::string with_service = examine_times(settings, {})[0].text;
  EXPECT_THAT(with_service, HasSubstr("can take 36 s"));
  EXPECT_THAT(with_service, HasSubstr("+ 7 for services)"));
}

TEST(DoctorOnTimes, WarnsOfAnIntervalBelowTheStartUp) {
  Settings settings = usual_times();
  settings.restart_interval = seconds(15);
  EXPECT_THAT(examine_times(settings, {}).back().text, HasSubstr("restart-interval (15 s)"));
}

TEST(DoctorOnTimes, WarnsOfRequestsCutShort) {
  Settings settings = usual_times();
  settings.graceful_timeout = seconds(0);
  EXPECT_THAT(examine_times(settings, {}).back().text, HasSubstr("graceful-timeout is 0"));
}

TEST(DoctorOnDjango, IsContentWithProductionSettings) {
  const Findings findings = examine_django(for_production(), false);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, Verdict::kOk);
}

TEST(DoctorOnDjango, NamesEachSettingOfDevelopment) {
  Django django = for_production();
  django.is_debugging = django.has_weak_key = true;
  Findings findings = examine_django(django, false);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].verdict, Verdict::kProblem);
  EXPECT_EQ(findings[1].check, "secret-key");
  findings = examine_django(django, true);
  EXPECT_EQ(findings[0].verdict, Verdict::kWarning);
}

TEST(DoctorOnDjango, LooksAtTheAllowedHosts) {
  Django django = for_production();
  django.allowed_hosts = {"*"};
  EXPECT_EQ(examine_django(django, false)[0].verdict, Verdict::kWarning);
  django.allowed_hosts = {};
  EXPECT_EQ(examine_django(django, false)[0].verdict, Verdict::kProblem);
}

TEST(DoctorOnErrorPage, WarnsOfWhatShowsTheSource) {
  Settings settings;
  EXPECT_TRUE(examine_error_page(settings).empty());
  settings.error_page = "development";
  ASSERT_EQ(examine_error_page(settings).size(), 1U);
  EXPECT_EQ(examine_error_page(settings).front().verdict, Verdict::kWarning);
}

TEST(DoctorOnCapacity, ComparesProcessesWithWhatIsGranted) {
  Settings settings;
  settings.threads = 5;
  settings.processes = 9;
  EXPECT_EQ(examine_capacity(settings, {})[0].verdict, Verdict::kOk);
  const Findings cpus = examine_capacity(settings, {.cpus = 2, .cpus_by = "cpu.max"});
  EXPECT_THAT(cpus[0].text, HasSubstr("9 processes share the 2 CPUs that cpu.max grants"));
  settings.memory_limit = 200 * kMebibyte;
  settings.processes = 2;
  const Findings memory =
      examine_capacity(settings, {.memory = 300 * kMebibyte, .memory_by = "memory.max"});
  EXPECT_THAT(memory.back().text, HasSubstr("2 processes of up to 200 MiB"));
}

TEST(DoctorsReport, HasALineForEachFindingAndACount) {
  const Findings findings = {{Verdict::kOk, "port", "free"},
                             {Verdict::kProblem, "project", "several:\nstart-server a"}};
  EXPECT_TRUE(has_problem(findings));
  EXPECT_EQ(findings_text(findings),
            "ok       port     free\n"
            "problem  project  several:\n"
            "                  start-server a\n"
            "problems: 1, warnings: 0\n");
  const Json json = parse_json(findings_json(findings));
  EXPECT_EQ(json["problems"], 1);
  EXPECT_EQ(json["checks"][0]["verdict"], "ok");
}

TEST(Doctor, TellsEachProblemOfTheSettings) {
  const TemporaryDirectory folder;
  folder.write("warpdrive.toml", "prot = 1\nthreads = \"many\"\n");
  FakeHost host;
  host.directory = folder.path();
  const auto findings = examine(CommandLine{.task = Task::kDoctor}, host);
  ASSERT_TRUE(findings);
  ASSERT_EQ(findings->size(), 2U);
  EXPECT_THAT((*findings)[0].text, HasSubstr("did you mean port?"));
  EXPECT_EQ((*findings)[1].check, "settings");
}

}  // namespace
}  // namespace warp
