#include "launcher/settings/environment.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/fake_host.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReadEnvironment : public testing::Test {
 protected:
  std::vector<Given> read(Environment variables) {
    host_.variables = std::move(variables);
    FromEnvironment environment = read_environment(host_, problems_);
    unused_ = std::move(environment.unused);
    return std::move(environment.givens);
  }

  FakeHost host_;
  Problems problems_;
  std::vector<UnusedVariable> unused_;
};

TEST_F(ReadEnvironment, TellsItsOwnFromOthers) {
  const auto givens = read({{"PORT", "80"}, {"WARPDRIVE_PORT", "81"}, {"HOME", "/root"}});
  ASSERT_EQ(givens.size(), 2U);
  EXPECT_EQ(givens[0].origin, "PORT");
  EXPECT_EQ(givens[0].source, Source::kForeignVariable);
  EXPECT_EQ(givens[1].origin, "WARPDRIVE_PORT");
  EXPECT_EQ(givens[1].source, Source::kVariable);
}

TEST_F(ReadEnvironment, PutsTheStrongestLast) {
  const auto givens =
      read({{"MOD_WSGI_PROCESSES", "2"}, {"WARPDRIVE_PROCESSES", "3"}, {"WEB_CONCURRENCY", "1"}});
  ASSERT_EQ(givens.size(), 3U);
  EXPECT_EQ(givens[0].origin, "WEB_CONCURRENCY");
  EXPECT_EQ(givens[1].origin, "MOD_WSGI_PROCESSES");
  EXPECT_EQ(givens[2].origin, "WARPDRIVE_PROCESSES");
}

TEST_F(ReadEnvironment, TakesOneVariableForTwoOptions) {
  const auto givens = read({{"FORWARDED_ALLOW_IPS", "10.0.0.1,10.0.0.2"}});
  ASSERT_EQ(givens.size(), 2U);
  EXPECT_EQ(givens[0].option->name, "trust-proxy-header");
  EXPECT_THAT(givens[0].words, ElementsAre("X-Forwarded-For", "X-Forwarded-Proto"));
  EXPECT_EQ(givens[1].option->name, "trust-proxy");
  EXPECT_THAT(givens[1].words, ElementsAre("10.0.0.1", "10.0.0.2"));
}

TEST_F(ReadEnvironment, TakesAnotherToolsEmptyVariableAsNotSet) {
  EXPECT_THAT(read({{"PORT", ""}, {"MOD_WSGI_ACCESS_LOG", ""}}), IsEmpty());
  EXPECT_THAT(unused_, IsEmpty());
}

TEST_F(ReadEnvironment, LeavesTheMachinesNameAlone) {
  EXPECT_THAT(read({{"HOST", "workstation"}}), IsEmpty());
  ASSERT_EQ(unused_.size(), 1U);
  EXPECT_EQ(unused_[0].name, "HOST");
  EXPECT_THAT(host_.warnings, IsEmpty());
  EXPECT_EQ(read({{"HOST", "127.0.0.1"}}).size(), 1U);
}

TEST_F(ReadEnvironment, SaysWhyAKnownVariableIsNotUsed) {
  EXPECT_THAT(read({{"MOD_WSGI_DAEMON_BACKLOG", "50"}}), IsEmpty());
  EXPECT_THAT(host_.warnings, ElementsAre(HasSubstr("MOD_WSGI_DAEMON_BACKLOG is not used: ")));
  EXPECT_THAT(host_.warnings[0], HasSubstr("--queue-limit"));
}

TEST_F(ReadEnvironment, NamesTheVariableThatMayHaveBeenMeant) {
  read({{"MOD_WSGI_THREAD", "1"}, {"MOD_WSGI_STARTUP_TIMEOUT", "1"}, {"WARPDRIVE_PROT", "1"}});
  EXPECT_THAT(
      host_.warnings,
      ElementsAre(HasSubstr("MOD_WSGI_STARTUP_TIMEOUT is not used: no option belongs to it; "
                            "did you mean WARPDRIVE_STARTUP_TIMEOUT?"),
                  HasSubstr("did you mean MOD_WSGI_THREADS?"),
                  HasSubstr("did you mean WARPDRIVE_PORT?")));
  EXPECT_EQ(unused_.size(), 3U);
}

TEST_F(ReadEnvironment, TakesAKubernetesServiceForNoPort) {
  EXPECT_THAT(read({{"WARPDRIVE_PORT", "tcp://10.96.0.7:80"}, {"PORT", "80"}}),
              ElementsAre(testing::Field(&Given::origin, "PORT")));
  EXPECT_THAT(host_.warnings, ElementsAre(HasSubstr("WARPDRIVE_PORT is not used: its value is what "
                                                    "Kubernetes sets for a Service")));
}

TEST_F(ReadEnvironment, NamesTheVariableOfAProblem) {
  read({{"WARPDRIVE_PYTHON_PATH", "'open"}});
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_THAT(problems_[0].detail, HasSubstr("WARPDRIVE_PYTHON_PATH: a quote is not closed"));
}

}  // namespace
}  // namespace warp
