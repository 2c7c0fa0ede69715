#include "launcher/detect/survey.hpp"

#include <gmock/gmock.h>

#include "launcher/detect/python_script.hpp"
#include "launcher/host/subprocess.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

constexpr auto kApplication = "from flask import Flask\napp = Flask(__name__)\n";

// An elif is an if in the else of the one before: a tree as deep as there are of them.
std::string deep_branches(const std::string& indent) {
  std::string text = indent + "if n == 0:\n" + indent + "    m = 0\n";
  for (int i = 1; i < 900; ++i)
    text += indent + "elif n == " + std::to_string(i) + ":\n" + indent + "    m = 1\n";
  return text;
}

class Surveying : public testing::Test {
 protected:
  Surveying() {
    host_.variables = {{"PATH", "/usr/bin:/bin"}};
    host_.on_run = [](const Command& command) { return run_to_end(command); };
    project_.directory = folder_.path();
    project_.user = host_.user;
    project_.python.executable = "/usr/bin/python3";
  }

  TemporaryDirectory folder_;
  Settings settings_;
  Project project_;
  FakeHost host_;
  Search search_{host_, settings_, project_};
};

using SurveyOfDeepCode = Surveying;

class SurveyOfGuards : public Surveying {
 protected:
  SurveyOfGuards() { folder_.make_folder("static"); }

  // Of the app in app.py.
  SurveyedName survey(const std::string& text) {
    folder_.write("app.py", text);
    const auto named = survey_named(search_, {.target = "app", .callable = "app"});
    EXPECT_TRUE(named) << named.error().detail;
    return named && *named ? (*named)->named.value_or(SurveyedName{}) : SurveyedName{};
  }

  void expect_guarded(const std::string& text, const std::string& by) {
    const SurveyedName name = survey(text);
    EXPECT_TRUE(name.static_folders.empty()) << text;
    ASSERT_EQ(name.notes.size(), 1U) << text;
    EXPECT_THAT(name.notes[0].what, HasSubstr(by + " may ask for a login")) << text;
  }

  void expect_open(const std::string& text) {
    EXPECT_EQ(survey(text).static_folders.size(), 1U) << text;
  }
};

TEST_F(SurveyOfDeepCode, LeavesOneFileOut) {
  folder_.write("app.py", kApplication);
  folder_.write("deep.py", "n = 1\n" + deep_branches(""));
  const auto survey = survey_project(search_);
  ASSERT_TRUE(survey) << survey.error().detail;
  ASSERT_EQ((*survey)->modules.size(), 2U);
  EXPECT_EQ((*survey)->modules[0].names.size(), 1U);
  EXPECT_THAT((*survey)->modules[1].problem, HasSubstr("recursion"));
}

TEST_F(SurveyOfDeepCode, TakesTheNamedForOneThatOnlyRunningItShows) {
  folder_.write("app.py", "def create_app(n=1):\n" + deep_branches("    ") + "    return n\n");
  const auto named = survey_named(search_, {.target = "app", .callable = "create_app()"});
  ASSERT_TRUE(named) << named.error().detail;
  ASSERT_TRUE(*named);
  EXPECT_TRUE((*named)->is_open);
}

TEST_F(SurveyOfGuards, FindsThoseOfFlask) {
  const std::string app = kApplication;
  expect_open(app);
  expect_guarded(app + "app.before_request(print)\n", "before_request");
  expect_guarded(app + "app.view_functions['static'] = print\n", "view_functions");
  expect_guarded(app + "app.config['BASIC_AUTH_FORCE'] = True\n", "BASIC_AUTH_FORCE");
  expect_guarded(app + "class Shop(Flask):\n  def send_static_file(self, name): ...\n",
                 "send_static_file");
}

TEST_F(SurveyOfGuards, FindsThoseThatAreKeywords) {
  const std::string app = kApplication;
  expect_guarded(app + "app.config.from_mapping(BASIC_AUTH_FORCE=True)\n", "BASIC_AUTH_FORCE");
  expect_guarded(app + "app.config.update(BASIC_AUTH_FORCE=True)\n", "BASIC_AUTH_FORCE");
  expect_open(app + "app.config.update(DEBUG=True, **{})\n");
}

TEST_F(SurveyOfGuards, TakesSettingsFromElsewhereForOneIfAnExtensionAsksByThem) {
  const std::string app = kApplication;
  for (const std::string reader :
       {"from_pyfile", "from_prefixed_env", "from_envvar", "from_file", "from_json"}) {
    const std::string reading = app + "app.config." + reader + "('shop.cfg')\n";
    expect_open(reading);
    expect_guarded(reading + "from flask_basicauth import BasicAuth\n", reader);
    expect_guarded(reading + "import flask_htpasswd as auth\n", reader);
  }
  expect_open(app + "from flask_basicauth import BasicAuth\n");
}

TEST_F(SurveyOfGuards, TakesTheUseOfAMethodForNone) {
  expect_open(kApplication + std::string("page = app.send_static_file\n"));
}

TEST_F(SurveyOfGuards, FindsThoseInAnotherFile) {
  folder_.write("shop/__init__.py");
  folder_.write("shop/login.py", "def ask(blueprint): blueprint.before_app_request(print)\n");
  expect_guarded(kApplication, "before_app_request");
  folder_.write("shop/login.py", "print 'before_request'\n");
  expect_guarded(kApplication, "a file that can't be read");
}

TEST_F(SurveyOfGuards, FindsMiddlewareThatIsNotKnown) {
  const std::string app = kApplication + std::string("import gate\n") +
                          "from werkzeug.middleware.proxy_fix import ProxyFix\n";
  expect_open(app + "app = ProxyFix(app)\n");
  expect_guarded(app + "app = ProxyFix(gate.Login(app))\n", "the middleware gate.Login");
  expect_open(app + "app.wsgi_app = ProxyFix(app.wsgi_app)\n");
  expect_guarded(app + "app.wsgi_app = ProxyFix(gate.Login(app.wsgi_app))\n",
                 "the middleware in wsgi_app");
}

TEST_F(SurveyOfGuards, FindsThoseOfPyramid) {
  const std::string app =
      "from pyramid.config import Configurator\nconfig = Configurator()\n"
      "config.add_static_view('files', 'static')\napp = config.make_wsgi_app()\n";
  expect_open(app);
  expect_guarded(app + "config.add_tween('shop.login')\n", "add_tween");
  expect_guarded(app + "from pyramid.events import NewRequest as NR\n", "NewRequest");
}

}  // namespace
}  // namespace warp
