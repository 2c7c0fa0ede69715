#include "launcher/deploy/chosen_server.hpp"

#include <gmock/gmock.h>

#include "base/strings.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class ChosenServer : public testing::Test {
 protected:
  ChosenServer() {
    settings_.port = 8080;
    settings_.project_directory = project_.directory = "/srv/shop";
    project_.python.executable = "/env/bin/python";
    project_.python.home = "/env";
    project_.user = host_.user;
    project_.application = {.target = "shop", .callable = "app"};
  }

  std::string words(const std::string& type) {
    settings_.server_type = type;
    const auto command = other_server(settings_, project_, {}, host_);
    if (!command) return command.error().detail;
    return *command ? join((*command)->arguments, " ") : "httpd";
  }

  FakeHost host_;
  Settings settings_;
  Project project_;
};

TEST_F(ChosenServer, IsHttpdForAnApplication) {
  for (const char* const type : {"", "auto", "mod_warp", "mod_wsgi"})
    EXPECT_EQ(words(type), "httpd") << type;
}

TEST_F(ChosenServer, IsTheOneThatIsNamed) {
  EXPECT_THAT(words("gunicorn"), HasSubstr("-m gunicorn --bind 0.0.0.0:8080"));
  EXPECT_THAT(words("gunicorn"), HasSubstr("shop:app"));
  settings_.host = "127.0.0.1";
  EXPECT_THAT(words("waitress"), HasSubstr("--listen=127.0.0.1:8080 shop:app"));
}

TEST_F(ChosenServer, LearnsThePortAndRunsInTheProject) {
  settings_.server_type = "gunicorn";
  const auto command = other_server(settings_, project_, {}, host_);
  ASSERT_TRUE(command && *command);
  EXPECT_EQ((*command)->environment.at("PORT"), "8080");
  EXPECT_FALSE((*command)->environment.contains("HOST"));
  EXPECT_EQ((*command)->directory, "/srv/shop");
  EXPECT_FALSE((*command)->user);
}

TEST_F(ChosenServer, LearnsTheHostThatIsSaid) {
  settings_.server_type = "gunicorn";
  settings_.host = "127.0.0.1";
  const auto command = other_server(settings_, project_, {}, host_);
  ASSERT_TRUE(command && *command);
  EXPECT_EQ((*command)->environment.at("HOST"), "127.0.0.1");
}

TEST_F(ChosenServer, IsRefusedWithOptionsThatItWouldLose) {
  EXPECT_TRUE(check_for_other_server(settings_, "gunicorn"));
  const auto refusal = [](auto change) {
    Settings said;
    change(said);
    const auto checked = check_for_other_server(said, "app.sh");
    return checked ? std::string() : checked.error().detail;
  };
  EXPECT_THAT(refusal([](Settings& said) {
                said.https_port = 8443;
                said.origins["https-port"] = "--https-port";
              }),
              HasSubstr("--https-port: only httpd has https-port"));
  EXPECT_THAT(refusal([](Settings& said) { said.debug_mode = true; }), HasSubstr("debug-mode: "));
  EXPECT_THAT(refusal([](Settings& said) {
                said.setenv = {{"A", "b"}};
              }),
              HasSubstr("(app.sh); leave it out and set the variables where"));
  EXPECT_THAT(refusal([](Settings& said) {
                said.service_scripts = {{"queue", "queue.py"}};
              }),
              HasSubstr("service-script: "));
}

TEST_F(ChosenServer, RunsAsTheApplicationsUserWhenRootStartsIt) {
  host_.become_root();
  settings_.server_type = "gunicorn";
  const auto command = other_server(settings_, project_, {}, host_);
  ASSERT_TRUE(command && *command && (*command)->user);
  EXPECT_EQ((*command)->user->name, "dev");
  EXPECT_EQ((*command)->environment.at("HOME"), "/home/dev");
}

TEST_F(ChosenServer, IsByItselfAScriptThatIsAServer) {
  const TemporaryDirectory folder;
  project_.application = {.target = folder.write("app.py", ""),
                          .origin = "app.py",
                          .is_script = true,
                          .kind = ApplicationKind::kPythonScript};
  EXPECT_EQ(words("auto"), "/env/bin/python " + project_.application.target);
  EXPECT_THAT(words("gunicorn"), HasSubstr("a script that is a server of its own"));
  project_.application.kind = ApplicationKind::kShellScript;
  EXPECT_THAT(words("auto"), HasSubstr("chmod +x"));
}

TEST_F(ChosenServer, IsGivenAnApplicationThatServesItsStaticFiles) {
  const TemporaryDirectory folder;
  settings_.url_aliases = {{"/files", folder.path()}};
  EXPECT_THAT(words("gunicorn"), HasSubstr("warp_static:application"));
  settings_.server_type = "gunicorn";
  const auto command = other_server(settings_, project_, {.python_directory = "/share"}, host_);
  ASSERT_TRUE(command && *command);
  EXPECT_THAT((*command)->environment.at("WARPDRIVE_STATIC_FILES"), HasSubstr("\"shop:app\""));
  EXPECT_EQ((*command)->environment.at("PYTHONPATH"), "/share");
}

TEST_F(ChosenServer, IsNoScriptThatHasCalledForIt) {
  const TemporaryDirectory folder;
  settings_.project_directory = folder.path();
  settings_.server_type = "shell";
  folder.write_program("app.sh");
  host_.variables["WARPDRIVE_SERVER_TYPE"] = "shell";
  const auto command = script_server(settings_, {}, host_);
  ASSERT_TRUE(command && *command);
  EXPECT_FALSE((*command)->environment.contains("WARPDRIVE_SERVER_TYPE"));
  host_.variables = (*command)->environment;
  EXPECT_THAT(script_server(settings_, {}, host_).error().detail, HasSubstr("for ever"));
}

TEST_F(ChosenServer, GetsADeploymentFile) {
  EXPECT_THAT(words("paste"), HasSubstr("no deployment file of Paste"));
  project_.application = {.target = "/srv/shop/live.ini",
                          .callable = "main",
                          .is_script = true,
                          .kind = ApplicationKind::kPaste};
  EXPECT_EQ(words("paste"), "httpd");
  EXPECT_THAT(words("gunicorn"), HasSubstr("--paste /srv/shop/live.ini"));
}

TEST_F(ChosenServer, TakesAScriptThatIsToBeTheServerWhateverItIs) {
  const TemporaryDirectory folder;
  settings_.project_directory = folder.path();
  settings_.server_type = "shell";
  EXPECT_THAT(script_server(settings_, {}, host_).error().detail,
              HasSubstr("app.sh: no such file"));
  const std::string script = folder.write_program("app.sh");
  const auto command = script_server(settings_, {}, host_);
  ASSERT_TRUE(command && *command);
  EXPECT_EQ((*command)->arguments, std::vector<std::string>{script});
  settings_.server_type = "gunicorn";
  EXPECT_FALSE(*script_server(settings_, {}, host_));
}

}  // namespace
}  // namespace warp
