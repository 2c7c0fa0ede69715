#include "launcher/manifests/check_pod.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::HasSubstr;

std::string refusal(const Settings& settings, ServedBy served_by = ServedBy::kHttpd) {
  const auto checked = check_pod(settings, served_by);
  return checked ? std::string() : checked.error().detail;
}

TEST(CheckPod, TakesTheDefaults) { EXPECT_EQ(refusal({}), ""); }

TEST(CheckPod, RefusesAServerThatOnlyThePodReaches) {
  Settings settings;
  for (const char* const host : {"127.0.0.1", "localhost", "::1", "[::1]"}) {
    settings.host = host;
    EXPECT_THAT(refusal(settings), HasSubstr("leave host out")) << host;
    EXPECT_THAT(refusal(settings, ServedBy::kOther), HasSubstr("leave host out")) << host;
  }
  settings.host = "0.0.0.0";
  EXPECT_EQ(refusal(settings), "");
}

TEST(CheckPod, RefusesManagementPagesThatProbesDoNotReach) {
  Settings settings;
  settings.management_host = "127.0.0.1";
  settings.origins["management-host"] = "/srv/app/warpdrive.toml:1:1: management-host";
  EXPECT_EQ(refusal(settings), "") << "the manifest's variable replaces it";
  settings.origins["management-host"] = "--management-host";
  EXPECT_THAT(refusal(settings), HasSubstr("--management-host: the cluster's probes do not reach"));
  EXPECT_EQ(refusal(settings, ServedBy::kOther), "");
  for (const char* const host : {"*", "0.0.0.0", "::"}) {
    settings.management_host = host;
    EXPECT_EQ(refusal(settings), "") << host;
  }
}

TEST(CheckPod, RefusesADebuggerWithoutATerminal) {
  Settings settings;
  settings.debug_mode = true;
  settings.host = "127.0.0.1";  // as debug-mode has it
  EXPECT_THAT(refusal(settings), HasSubstr("debug-mode: a pod has no terminal"));
}

}  // namespace
}  // namespace warp
