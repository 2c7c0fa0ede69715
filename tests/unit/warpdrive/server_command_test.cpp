#include "launcher/deploy/server_command.hpp"

#include <gtest/gtest.h>

#include "base/strings.hpp"

namespace warp {
namespace {

ServerRequest request(ServerType server) {
  return {.server = server,
          .home = "/srv/a b",
          .python = "/env/bin/python",
          .environment = "/env",
          .program = "/usr/bin/program",
          .port = "8080",
          .application =
              Application{.target = "/srv/a b/sub/wsgi.py", .callable = "app", .is_script = true},
          .arguments = {"--more"}};
}

std::string command(const ServerRequest& wanted) {
  const auto words = server_command(wanted);
  EXPECT_TRUE(words) << (words ? "" : words.error().detail);
  return words ? join(*words, "|") : "";
}

TEST(ServerCommand, IsTheLeastForEachServer) {
  EXPECT_EQ(
      command(request(ServerType::kModWarp)),
      "/usr/bin/program|start-server|--log-to-terminal|--server-type|mod_warp|--port|8080|--more");
  EXPECT_EQ(command(request(ServerType::kGunicorn)),
            "/env/bin/python|-m|gunicorn|--bind|0.0.0.0:8080|--access-logfile|-|--error-logfile|-|"
            "--more|sub.wsgi:app");
  EXPECT_EQ(command(request(ServerType::kUwsgi)),
            "/usr/bin/program|--http-socket|0.0.0.0:8080|--master|--die-on-term|--need-app|"
            "--enable-threads|--plugins|python3|--virtualenv|/env|--chdir|/srv/a "
            "b|--more|--module|sub.wsgi:app");
  EXPECT_EQ(command(request(ServerType::kWaitress)),
            "/env/bin/python|-m|waitress|--listen=*:8080|--more|sub.wsgi:app");
}

TEST(ServerCommand, NeedsNoPluginForAUwsgiOfTheEnvironment) {
  ServerRequest own = request(ServerType::kUwsgi);
  own.program = "/env/bin/uwsgi";
  EXPECT_EQ(command(own).find("--plugins"), std::string::npos);
}

TEST(ServerCommand, WritesAnAddressInBrackets) {
  ServerRequest there = request(ServerType::kGunicorn);
  there.host = "::1";
  EXPECT_NE(command(there).find("|[::1]:8080|"), std::string::npos);
}

TEST(ServerCommand, NamesPasteFiles) {
  ServerRequest paste = request(ServerType::kGunicorn);
  paste.application.reset();
  paste.paste_file = "/srv/a b/paste.ini";
  EXPECT_TRUE(command(paste).ends_with("|--more|--paste|/srv/a b/paste.ini"));
  paste.server = ServerType::kModWarp;
  EXPECT_TRUE(command(paste).ends_with("|--more|/srv/a b/paste.ini"));
  paste.server = ServerType::kWaitress;
  EXPECT_FALSE(server_command(paste));
}

TEST(ServerCommand, RefusesAScriptThatCantBeImported) {
  for (const char* const path :
       {"/srv/a b/my-site.py", "/srv/other/wsgi.py", "/srv/a b/1.py", "/srv/a b/site.wsgi"}) {
    const auto name =
        module_and_callable({.target = path, .callable = "app", .is_script = true}, "/srv/a b");
    ASSERT_FALSE(name) << path;
    EXPECT_NE(name.error().detail.find("can't be imported"), std::string::npos);
  }
}

TEST(ShownCommand, QuotesWhatNeedsIt) {
  const std::vector<std::string> words{"/bin/x", "a b", "it's", ""};
  EXPECT_EQ(shown_command(words, words), R"(/bin/x 'a b' 'it'\''s' '')");
}

TEST(ShownCommand, HasNoValuesOfVariables) {
  EXPECT_EQ(shown_command({"/bin/x", "--password", "hidden", "$a"},
                          {"/bin/x", "--password", "\"$PASSWORD\"", "'$a'"}),
            "/bin/x --password \"$PASSWORD\" '$a'");
}

}  // namespace
}  // namespace warp
