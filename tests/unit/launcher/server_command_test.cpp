#include "launcher/detect/server_command.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::optional<NamedApplication> read(std::string_view line) {
  const auto named = read_server_command(shell_commands(line, {}), "/srv", "Procfile:1");
  EXPECT_TRUE(named) << named.error().detail;
  return named ? *named : std::nullopt;
}

TEST(ServerCommand, OfGunicornNamesModuleAndCallable) {
  for (const char* const line :
       {"gunicorn shop.web:app", "gunicorn --bind :8000 -k gevent --reload shop.web:app",
        "exec /opt/bin/gunicorn -b:80 shop.web:app --timeout 30",
        "python3 -m gunicorn shop.web:app",
        "python manage.py migrate && poetry run gunicorn shop.web:app"}) {
    const auto named = read(line);
    ASSERT_TRUE(named) << line;
    EXPECT_EQ(named->module, "shop.web") << line;
    EXPECT_EQ(named->callable, "app") << line;
  }
}

TEST(ServerCommand, OfGunicornMayNameAFactory) {
  EXPECT_EQ(read("gunicorn 'shop:create_app()'")->callable, "create_app()");
}

TEST(ServerCommand, HasFoldersAndSizes) {
  const auto named =
      read("gunicorn --chdir web -w4 --threads=2 --pythonpath lib,/opt/x -c conf.py shop:app");
  EXPECT_EQ(named->directory, "/srv/web");
  EXPECT_THAT(named->python_path, ElementsAre("/srv/web/lib", "/opt/x"));
  EXPECT_EQ(named->config_file, "/srv/conf.py");
  ASSERT_EQ(named->values.size(), 2U);
  EXPECT_EQ(named->values[0].option, "processes");
  EXPECT_EQ(named->values[0].value, "4");
  EXPECT_EQ(named->values[1].where, "Procfile:1: --threads");
}

TEST(ServerCommand, StartsWhereCdLeads) {
  EXPECT_EQ(read("cd web && gunicorn shop:app")->directory, "/srv/web");
  EXPECT_EQ(read("cd web && gunicorn --chdir in shop:app")->directory, "/srv/web/in");
}

TEST(ServerCommand, OfUwsgiNamesModuleScriptOrSettings) {
  EXPECT_EQ(read("uwsgi --http :80 --master -w shop.web --callable app -p 4")->callable, "app");
  EXPECT_EQ(read("uwsgi --http :80 --master -w shop.web --callable app -p 4")->values[0].value,
            "4");
  EXPECT_EQ(read("uwsgi --chdir web --wsgi-file site.py")->script, "/srv/web/site.py");
  EXPECT_EQ(read("uwsgi --http :80 site.ini")->config_file, "/srv/site.ini");
}

TEST(ServerCommand, OfWaitressMayCallAFactory) {
  EXPECT_EQ(read("waitress-serve --port=80 --call shop:create_app")->callable, "create_app()");
  EXPECT_EQ(read("waitress-serve --listen=*:80 shop:app")->module, "shop");
}

TEST(ServerCommand, IsNoOtherProgram) {
  for (const char* const line :
       {"python app.py", "pip install gunicorn", "uvicorn main:app", "", "cd x"})
    EXPECT_FALSE(read(line)) << line;
}

TEST(ServerCommand, WithAFactoryThatHasArgumentsIsRefused) {
  const auto named =
      read_server_command(shell_commands("gunicorn 'shop:make(1)'", {}), "/srv", "Procfile:1");
  ASSERT_FALSE(named);
  EXPECT_THAT(named.error().detail, HasSubstr("Procfile:1: gunicorn is given shop:make(..., "));
}

TEST(ServerCommand, KeepsWhatMayBeAPasswordToItself) {
  for (const char* const word :
       {"shop:make(\"geheim\")", "TOKEN=geheim", "postgres://shop:geheim@db/shop"}) {
    const auto named = read_server_command({{"gunicorn", word}}, "/srv", "Procfile:1");
    ASSERT_FALSE(named) << word;
    EXPECT_THAT(named.error().detail, Not(HasSubstr("geheim")));
  }
}

TEST(ServerCommand, MayBeCutShort) {
  for (const char* const line : {"gunicorn", "gunicorn --chdir", "gunicorn -w", "uwsgi --ini"})
    EXPECT_TRUE(read(line)) << line;
}

}  // namespace
}  // namespace warp
