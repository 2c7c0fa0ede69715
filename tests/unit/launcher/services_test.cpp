#include "launcher/plan/services.hpp"

#include <gmock/gmock.h>

#include "launcher/settings/checks.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/plain_plan.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class ServicesTest : public testing::Test {
 protected:
  ServicesTest() : plan_(plain_plan()) {
    plan_.project.python.executable = "/usr/bin/python3";
    plan_.settings.service_scripts = {{"queue", script_}};
  }

  std::string problems() {
    Problems problems;
    check_services(plan_.settings, problems);
    return problems.empty() ? std::string() : as_one(problems).detail;
  }

  TemporaryDirectory folder_;
  std::string script_ = folder_.write("queue.py", "");
  FakeHost host_;
  Plan plan_;
};

TEST_F(ServicesTest, RunAsTheApplicationsUserAndLogAmongTheServersLogs) {
  const auto services = plan_services(plan_, host_);
  ASSERT_TRUE(services) << services.error().detail;
  EXPECT_EQ(services->front().user.name, "www-data");
  EXPECT_EQ(services->front().log_file, "/golden/root/queue.log");
  plan_.settings.log_to_terminal = true;
  EXPECT_EQ(plan_services(plan_, host_)->front().log_file, "");
}

TEST_F(ServicesTest, RunAsWhomRootSays) {
  host_.become_root();
  plan_.settings.service_users = {{"queue", "www-data"}, {"queue", "alice"}};
  plan_.settings.service_groups = {{"queue", "www-data"}};
  plan_.settings.service_log_files = {{"queue", "/var/log/queue"}};
  const auto services = plan_services(plan_, host_);
  ASSERT_TRUE(services) << services.error().detail;
  EXPECT_EQ(services->front().user.uid, 1001U);
  EXPECT_EQ(services->front().user.gid, 33U);
  EXPECT_EQ(services->front().log_file, "/var/log/queue");
}

TEST_F(ServicesTest, OnlyRootChoosesTheirUser) {
  plan_.settings.service_users = {{"queue", "alice"}};
  const auto services = plan_services(plan_, host_);
  ASSERT_FALSE(services);
  EXPECT_THAT(services.error().detail, HasSubstr("--service-user queue alice: only root"));
}

TEST_F(ServicesTest, AreCheckedByName) {
  EXPECT_EQ(problems(), "");
  plan_.settings.service_scripts = {{"a/b", script_}, {"mail", "/nowhere.py"}, {"mail", script_}};
  plan_.settings.service_users = {{"queue", "alice"}};
  for (const char* const part : {"'a/b' is not a name", "/nowhere.py for mail: no such file",
                                 "two services mail", "there is no service queue"})
    EXPECT_THAT(problems(), HasSubstr(part));
}

}  // namespace
}  // namespace warp
