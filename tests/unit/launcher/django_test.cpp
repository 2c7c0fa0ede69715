#include "launcher/detect/django.hpp"

#include <gmock/gmock.h>

#include "launcher/detect/django_answer.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

constexpr auto kManage =
    "import os\n"
    "def main():\n"
    "    # os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'old.settings')\n"
    "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n";

TEST(DjangoProject, IsNotAnyManagePy) {
  const TemporaryDirectory folder;
  folder.write("a/manage.py", kManage);
  folder.write("b/manage.py", "from flask_script import Manager\n");
  EXPECT_TRUE(is_django_project(folder / "a"));
  EXPECT_FALSE(is_django_project(folder / "b"));
  EXPECT_FALSE(is_django_project(folder / "c"));
}

TEST(DjangoAnswer, IsRead) {
  const auto django = parse_django_answer(
      R"({"wsgi_application": "site.wsgi.application", "static_url": "/static/",
          "static_root": null, "has_whitenoise": true, "has_staticfiles": true, "is_debugging": true,
          "has_weak_key": true, "allowed_hosts": ["a.example"]})");
  ASSERT_TRUE(django);
  EXPECT_EQ(django->wsgi_application, "site.wsgi.application");
  EXPECT_EQ(django->static_url, "/static/");
  EXPECT_EQ(django->static_root, "");
  EXPECT_TRUE(django->has_staticfiles && django->has_whitenoise);
  EXPECT_TRUE(django->is_debugging && django->has_weak_key);
  EXPECT_EQ(django->allowed_hosts, std::vector<std::string>{"a.example"});
}

TEST(DjangoAnswer, IsRefusedWhenItIsNone) {
  EXPECT_EQ(parse_django_answer("").error().code, Errc::kPython);
  EXPECT_EQ(parse_django_answer("[1]").error().code, Errc::kPython);
}

class AskDjango : public testing::Test {
 protected:
  AskDjango() {
    folder_.write("manage.py", kManage);
    project_.directory = settings_.project_directory = folder_.path();
    project_.user = host_.user;
    project_.python = {"", "/usr/bin/python3.11", {3, 11}};
    settings_.mount_point = "/";
  }
  std::string asked_for() {
    host_.on_run = [](const Command&) { return Finished{.answer = "{}"}; };
    const auto django = ask_django(host_, settings_, project_);
    return django ? django->settings_module : django.error().detail;
  }

  TemporaryDirectory folder_;
  Settings settings_;
  Project project_;
  FakeHost host_;
};

TEST_F(AskDjango, RunsTheProjectsPythonInItsFolder) {
  host_.on_run = [](const Command&) { return Finished{.output = "noise", .answer = "{}"}; };
  ASSERT_TRUE(ask_django(host_, settings_, project_));
  ASSERT_EQ(host_.commands.size(), 1U);
  EXPECT_EQ(host_.commands[0].arguments[0], "/usr/bin/python3.11");
  EXPECT_EQ(host_.commands[0].directory, folder_.path());
  EXPECT_EQ(host_.commands[0].environment.at("DJANGO_SETTINGS_MODULE"), "site.settings");
  EXPECT_FALSE(host_.commands[0].user);
}

TEST_F(AskDjango, ReadsTheSettingsModuleFromManagePy) {
  for (const auto& [text, module] :
       {std::pair("os.environ.setdefault(\n    \"DJANGO_SETTINGS_MODULE\",\n    \"a.b\")", "a.b"),
        std::pair("os.environ[\"DJANGO_SETTINGS_MODULE\"] = \"x\"", "x")}) {
    folder_.write("manage.py", text);
    EXPECT_EQ(asked_for(), module);
  }
  folder_.write("manage.py", "print('DJANGO_SETTINGS_MODULE')");
  EXPECT_FALSE(ask_django(host_, settings_, project_));
}

TEST_F(AskDjango, ReadsALongLine) {
  folder_.write("manage.py", "x = '" + std::string(200'000, 'a') + "'; " +
                                 "os.environ['DJANGO_SETTINGS_MODULE'] = 'a.b'");
  EXPECT_EQ(asked_for(), "a.b");
  folder_.write("manage.py", "'DJANGO_SETTINGS_MODULE', '" + std::string(200'000, 'a'));
  EXPECT_THAT(asked_for(), HasSubstr("sets no DJANGO_SETTINGS_MODULE"));
}

TEST_F(AskDjango, PrefersWhatTheServedModuleSets) {
  folder_.write("site/wsgi.py", "\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.live')\n");
  EXPECT_EQ(asked_for(), "site.live");
  EXPECT_EQ(project_.evidence.back().where, "site/wsgi.py:2");
}

TEST_F(AskDjango, FindsTheServedModuleWhenManagePyComputesItsSettings) {
  folder_.write("manage.py", "'DJANGO_SETTINGS_MODULE', 'site.' + name");
  folder_.write("site/wsgi.py", "os.environ['DJANGO_SETTINGS_MODULE'] = 'site.live'\n");
  EXPECT_EQ(asked_for(), "site.live");
}

TEST_F(AskDjango, PrefersTheEnvironment) {
  host_.variables["DJANGO_SETTINGS_MODULE"] = "site.other";
  EXPECT_EQ(asked_for(), "site.other");
}

TEST_F(AskDjango, NeverRunsTheProjectAsRoot) {
  project_.user = {
      .name = "alice", .group = "staff", .home = "/home/alice", .uid = 1001, .gid = 50};
  host_.become_root();
  host_.on_run = [](const Command&) { return Finished{.answer = "{}"}; };
  ASSERT_TRUE(ask_django(host_, settings_, project_));
  ASSERT_TRUE(host_.commands[0].user);
  EXPECT_EQ(host_.commands[0].user->uid, 1001U);
  EXPECT_EQ(host_.commands[0].environment.at("HOME"), "/home/alice");
}

TEST_F(AskDjango, ShowsWhatPythonSays) {
  host_.on_run = [](const Command&) {
    return Finished{.status = 1, .output = "  File x\nSyntaxError: bad\n"};
  };
  const auto django = ask_django(host_, settings_, project_);
  ASSERT_FALSE(django);
  EXPECT_EQ(django.error().code, Errc::kPython);
  EXPECT_THAT(django.error().detail, HasSubstr("site.settings"));
  EXPECT_THAT(django.error().detail, HasSubstr("SyntaxError: bad"));
}

TEST_F(AskDjango, ReportsSettingsThatNeverEnd) {
  host_.on_run = [](const Command&) { return Finished{.status = 137, .timed_out = true}; };
  EXPECT_EQ(ask_django(host_, settings_, project_).error().code, Errc::kTimeout);
}

TEST(DjangoApplication, IsTheSettingsOne) {
  const auto application = django_application(
      {.settings_module = "site.settings", .wsgi_application = "site.web.app"}, "/srv");
  ASSERT_TRUE(application);
  EXPECT_EQ(application->target, "site.web");
  EXPECT_EQ(application->callable, "app");
}

TEST(DjangoApplication, IsThePackagesWsgiModuleOtherwise) {
  const TemporaryDirectory folder;
  EXPECT_FALSE(django_application({.settings_module = "site.settings"}, folder.path()));
  folder.write("site/wsgi.py");
  EXPECT_EQ(django_application({.settings_module = "site.settings"}, folder.path())->target,
            "site.wsgi");
}

}  // namespace
}  // namespace warp
