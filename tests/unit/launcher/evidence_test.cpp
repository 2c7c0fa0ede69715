#include <gmock/gmock.h>

#include "launcher/explain/explain_project.hpp"
#include "launcher/explain/surroundings.hpp"
#include "launcher/host/json.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Surroundings : public testing::Test {
 protected:
  Surroundings() {
    project_.directory = folder_.path();
    project_.user = host_.user;
    project_.python.executable = "/usr/bin/python3.11";
    project_.application = {.target = folder_ / "wsgi.py", .callable = "app", .is_script = true};
  }

  void make_django() {
    folder_.write("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', …)\n");
    folder_.write("shop/settings.py",
                  "DEBUG = 0\nWSGI_APPLICATION = 'x'\nSTATIC_URL = 'static/'\n");
    project_.application = {.target = "shop.wsgi", .callable = "application"};
    project_.django = Django{.settings_module = "shop.settings",
                             .wsgi_application = "shop.wsgi.application",
                             .static_url = "/static/"};
  }

  // The place of the evidence that starts so; "none" when there is none.
  std::string where(std::string_view what) {
    Project project = project_;
    add_evidence_of_surroundings(project, settings_, host_);
    for (const Evidence& evidence : project.evidence)
      if (evidence.what.starts_with(what)) return evidence.where;
    return "none";
  }

  TemporaryDirectory folder_;
  Settings settings_;
  Project project_;
  FakeHost host_;
};

TEST_F(Surroundings, NamesTheLineOfDjangosStaticFiles) {
  make_django();
  EXPECT_EQ(where("static files: STATIC_URL is /static/"), folder_ / "shop/settings.py:3");
}

TEST_F(Surroundings, NamesTheWayToPython) {
  EXPECT_EQ(where("no Python environment"), "/usr/bin/python3.11");
  project_.python.home = folder_ / ".venv";
  EXPECT_EQ(where("the project has a Python environment"), folder_ / ".venv");
  host_.variables = {{"VIRTUAL_ENV", folder_ / ".venv"}};
  EXPECT_EQ(where("this environment is active"), "VIRTUAL_ENV");
  settings_.python_home = folder_ / ".venv";
  settings_.origins["python-home"] = "--python-home";
  EXPECT_EQ(where("the Python environment is named"), "--python-home");
}

TEST_F(Surroundings, SaysWhyItIsThisUser) {
  EXPECT_EQ(where("dev starts it"), "");
  host_.become_root();
  project_.user.uid = ::geteuid();
  EXPECT_EQ(where("dev owns the project's folder"), folder_.path());
  project_.user.uid = ::geteuid() + 1;
  EXPECT_EQ(where("the project's folder is root's"), folder_.path());
  settings_.user = "dev";
  settings_.origins["user"] = "WARPDRIVE_USER";
  EXPECT_EQ(where("the user dev is named"), "WARPDRIVE_USER");
}

TEST_F(Surroundings, IsWhatExplainTells) {
  folder_.write("wsgi.py", "app = 1\n");
  project_.application.origin = "wsgi.py";
  project_.evidence = {{"a wsgi.py", "wsgi.py:1"}, {"a proxy http://ann:word@host/", ""}};
  add_evidence_of_surroundings(project_, settings_, host_);
  const std::string text = explanation_text(project_);
  EXPECT_THAT(text, StartsWith("Project      " + folder_.path() + "\n"));
  EXPECT_THAT(text, HasSubstr("- a wsgi.py [wsgi.py:1]\n"));
  EXPECT_THAT(text, HasSubstr("- a proxy http://ann:(hidden)@host/\n"));
  const Json json = parse_json(explanation_json(project_));
  EXPECT_EQ(json["application"]["callable"], "app");
  EXPECT_EQ(json["evidence"].back()["what"], "a proxy http://ann:(hidden)@host/");
  EXPECT_TRUE(json["evidence"].back()["where"].is_null());
}

}  // namespace
}  // namespace warp
