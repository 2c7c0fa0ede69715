#include "launcher/detect/detect_project.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class DetectProject : public testing::Test {
 protected:
  DetectProject() {
    folder_.write("site/pyvenv.cfg");
    settings_.project_directory = folder_.make_folder("site");
    settings_.mount_point = "/";
    folder_.write_program("libexec/warp-worker-3.11");
    folder_.write("home/pyvenv.cfg", "version = 3.11.2\n");
    folder_.write_program("home/bin/python");
    settings_.python_home = folder_ / "home";
    // What the survey says of a wsgi.py that could have any name.
    host_.on_run = [this](const Command&) {
      const std::string site = settings_.project_directory;
      return Finished{.answer = R"({"modules": [{"path": ")" + site + R"(/wsgi.py", "root": ")" +
                                site + R"(", "module": "wsgi", "is_open": true}]})"};
    };
  }
  void make_django() {
    folder_.write("site/manage.py",
                  "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n");
    host_.on_run = [](const Command&) {
      return Finished{.status = 0, .answer = R"({"wsgi_application": "shop.wsgi.application"})"};
    };
  }
  void name_entry(const std::string& text) {
    settings_.entry_point = LocatedText{text, settings_.project_directory};
  }
  Result<Project> detect() { return detect_project(settings_, host_, folder_ / "libexec"); }

  TemporaryDirectory folder_;
  Settings settings_;
  FakeHost host_;
};

TEST_F(DetectProject, PrefersDjangoToAWsgiFile) {
  make_django();
  folder_.write("site/wsgi.py");
  const auto project = detect();
  ASSERT_TRUE(project) << project.error().detail;
  EXPECT_EQ(project->application.target, "shop.wsgi");
  EXPECT_TRUE(project->django);
}

TEST_F(DetectProject, PrefersTheEntryThatIsNamed) {
  make_django();
  name_entry("other.web:app");
  const auto project = detect();
  ASSERT_TRUE(project);
  EXPECT_EQ(project->application.target, "other.web");
  EXPECT_EQ(project->application.callable, "app");
  EXPECT_TRUE(project->django);
}

TEST_F(DetectProject, ServesANamedEntryEvenIfDjangoCannotBeAsked) {
  make_django();
  host_.on_run = [](const Command& command) {
    const bool is_django = command.environment.contains("DJANGO_SETTINGS_MODULE");
    return is_django ? Finished{.status = 1, .output = "boom"} : Finished{.answer = "{}"};
  };
  EXPECT_FALSE(detect());
  name_entry("other.web");
  const auto project = detect();
  ASSERT_TRUE(project);
  EXPECT_FALSE(project->django);
  EXPECT_EQ(host_.warnings.size(), 1U);
}

TEST_F(DetectProject, TakesTheCallableThatIsNamed) {
  folder_.write("site/wsgi.py");
  settings_.callable_object = "main";
  EXPECT_EQ(detect()->application.callable, "main");
}

TEST_F(DetectProject, ChoosesNoneOfMoreFoldersThanItLooksAt) {
  settings_.project_directory = folder_.make_folder("many");
  host_.on_run = [](const Command& command) {
    const bool is_django = command.environment.contains("DJANGO_SETTINGS_MODULE");
    return Finished{.answer = is_django ? R"({"wsgi_application": "shop.wsgi.application"})"
                                        : R"({"modules": []})"};
  };
  folder_.write("many/a/manage.py",
                "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n");
  folder_.write("many/b/app.py");
  EXPECT_TRUE(detect());
  for (int i = 0; i < 64; ++i) folder_.write("many/c" + std::to_string(i) + "/app.py");
  const auto project = detect();
  ASSERT_FALSE(project);
  EXPECT_EQ(project.error().code, Errc::kAmbiguous);
  EXPECT_THAT(project.error().detail, HasSubstr("too many folders"));
  EXPECT_THAT(project.error().detail, HasSubstr("start-server " + (folder_ / "many/a")));
}

TEST_F(DetectProject, StopsWhenTheUserCannotEnterTheProject) {
  folder_.write("site/wsgi.py");
  host_.closed_path = settings_.project_directory;
  const auto project = detect();
  ASSERT_FALSE(project);
  EXPECT_EQ(project.error().code, Errc::kNoPermission);
  EXPECT_THAT(project.error().detail, HasSubstr(settings_.project_directory));
}

TEST_F(DetectProject, StopsWhenTheUserCannotReadTheScript) {
  host_.closed_path = folder_.write("site/wsgi.py");
  EXPECT_EQ(detect().error().code, Errc::kNoPermission);
}

TEST_F(DetectProject, StopsWhenThereIsNothingAndSaysWhatWasLookedFor) {
  const auto project = detect();
  ASSERT_FALSE(project);
  EXPECT_EQ(project.error().code, Errc::kNotFound);
  for (const char* const part : {"manage.py", "wsgi.py", "Procfile", "--working-directory"})
    EXPECT_THAT(project.error().detail, HasSubstr(part));
  EXPECT_THAT(project.error().detail, HasSubstr(settings_.project_directory));
  EXPECT_TRUE(host_.commands.empty());
}

}  // namespace
}  // namespace warp
