#include "python/host.hpp"

#include "base/log.hpp"
#include "base/strings.hpp"
#include "python/warp_module.hpp"
#include "python/wsgi/request_thread.hpp"

namespace warp::python {
namespace {

// When there is no application to call.
class FailedThread final : public worker::ApplicationThread {
 public:
  // By PageForm, empty where there are none; the host's.
  explicit FailedThread(const std::array<std::string, 2>& explanations)
      : explanations_(explanations) {}

  void serve(worker::Exchange& exchange) override {
    const auto form =
        page_form_for(wsgi::environ_value(exchange.head, wsgi::code_of("HTTP_ACCEPT")));
    const worker::Explanation explanation{.form = form,
                                          .text = explanations_[static_cast<std::size_t>(form)]};
    exchange.response.fail(worker::Failure::kError,
                           explanation.text.empty() ? nullptr : &explanation);
  }

 private:
  const std::array<std::string, 2>& explanations_;
};

// What `import` finds first: the project's own modules, then those beside the script.
std::vector<std::string> project_folders(const wire::GroupConfig& config) {
  std::vector<std::string> folders;
  if (!config.home.empty()) folders.push_back(config.home);
  if (config.target_kind == wire::TargetKind::kScript)
    folders.push_back(config.target.substr(0, config.target.rfind('/')));
  return folders;
}

}  // namespace

Result<> Host::load() {
  if (auto started = runtime_.start(config_.python_home); !started) {
    watched_ = {config_.target};
    log_lines(LogLevel::kError, "application not loaded group=" + printable(config_.name) + "\n" +
                                    warp::describe(started.error()));
    return started;
  }
  Gil gil(runtime_.main_state());
  if (prepare(gil) && load_application(gil)) return {};
  const Ref exception = take_exception();
  application_->flush(gil);
  return tl::unexpected(report_failure(gil, exception.get()));
}

bool Host::prepare(Gil& gil) {
  application_ =
      std::make_unique<wsgi::Application>(bootstrap_, error_pages_, instruments_, contexts_);
  if (!bootstrap_.prepare(gil) || !application_->prepare(gil, config_)) return false;
  if (config_.explains_errors && !error_pages_.prepare(gil)) return false;
  // Before the path names the project, whose modules must not pass for those that this imports.
  module_ = make_warp_module(gil, {.config = config_,
                                   .series = series_,
                                   .contexts = contexts_,
                                   .client_disconnected = application_->client_disconnected(),
                                   .request_timeout = application_->request_timeout(),
                                   .file_wrapper = application_->file_wrapper_type()});
  if (!module_ || !instruments_.prepare(gil, config_, project_folders(config_))) return false;
  const Ref log = Ref::steal(PyObject_GetAttrString(module_.get(), "_log"));
  return log && inspector_.prepare(gil, application_->request_timeout()) &&
         bootstrap_.set_switch_interval(gil, config_.switch_interval) &&
         application_->events().prepare(gil, module_.get(), config_.callable) &&
         bootstrap_.prepare_path(gil, project_folders(config_), config_.python_path) &&
         bootstrap_.provide(gil, module_.get()) && bootstrap_.guard(gil, config_, log.get());
}

bool Host::load_application(Gil& gil) {
  if (!Ref::steal(PyObject_CallMethod(module_.get(), "_before_load", nullptr))) return false;
  if (!instruments_.begin_import(gil)) return false;
  Ref callable = bootstrap_.load(gil, config_);
  if (callable && !instruments_.end_import(gil)) return false;
  if (callable) callable = instruments_.measured(gil, std::move(callable));
  if (!callable || !Ref::steal(PyObject_CallMethod(module_.get(), "_after_load", nullptr)))
    return false;
  application_->set_callable(gil, std::move(callable));
  application_->flush(gil);
  return true;
}

Error Host::report_failure(Gil& gil, PyObject* exception) {
  const std::string text = bootstrap_.describe(gil, exception);
  watched_ = bootstrap_.files_of(gil, exception, config_);
  log_lines(LogLevel::kError, "application not loaded group=" + printable(config_.name) +
                                  " target=" + printable(config_.target) + "\n" + text);
  for (const PageForm form : {PageForm::kText, PageForm::kHtml})
    explanations_[static_cast<std::size_t>(form)] =
        error_pages_
            .make(gil, form,
                  {.exception = exception,
                   .environ = nullptr,
                   .event = "the application can't be imported"})
            .value_or(std::string());
  return {Errc::kApplication, "load " + config_.target + ": " + text.substr(text.rfind('\n') + 1)};
}

std::unique_ptr<worker::ApplicationThread> Host::attach() {
  if (application_ == nullptr || application_->callable() == nullptr)
    return std::make_unique<FailedThread>(explanations_);
  return std::make_unique<wsgi::RequestThread>(*application_, ++threads_);
}

std::vector<std::string> Host::imported_files() {
  if (!runtime_.is_running()) return {};
  std::vector<std::string> folders = project_folders(config_);
  folders.insert(folders.end(), config_.python_path.begin(), config_.python_path.end());
  const Visit visit;
  Gil gil = Gil::in_callback();
  return bootstrap_.imported_files(gil, folders);
}

std::vector<std::string> Host::fork_obstacles(int own) {
  Gil gil(runtime_.main_state());
  if (auto obstacles = bootstrap_.fork_obstacles(gil, own)) return *std::move(obstacles);
  return {"what can't be looked at: " + bootstrap_.describe(gil, take_exception().get())};
}

void Host::prepare_to_fork() {
  if (!runtime_.is_running()) return;
  Gil gil(runtime_.main_state());
  // Then memory is less well shared, and that is all.
  if (!bootstrap_.freeze(gil)) PyErr_Clear();
}

// As os.fork() does it. After a failed start there may be no interpreter.
void Host::before_fork() {
  if (!runtime_.is_running()) return;
  PyEval_RestoreThread(runtime_.main_state());
  PyOS_BeforeFork();
}

void Host::after_fork_in_parent() {
  if (!runtime_.is_running()) return;
  PyOS_AfterFork_Parent();
  PyEval_SaveThread();
}

void Host::after_fork_in_child() {
  if (!runtime_.is_running()) return;
  PyOS_AfterFork_Child();
  PyEval_SaveThread();
}

void Host::begin_stop(std::string_view reason) {
  stop_reason_ = reason;
  if (!runtime_.is_running() || !application_) return;
  Gil gil(runtime_.main_state());
  application_->events().process_stopping(gil, reason);
}

void Host::stop() {
  if (!runtime_.is_running()) return;
  {
    Gil gil(runtime_.main_state());
    if (application_) {
      application_->events().shut_down(gil, stop_reason_);
      application_->flush(gil);
    }
    application_.reset();
    module_.reset();
    error_pages_ = {};
    instruments_ = {};
    bootstrap_ = {};
  }
  runtime_.stop();
}

}  // namespace warp::python

namespace warp::worker {

std::unique_ptr<Application> make_application(const wire::GroupConfig& config,
                                              figures::Series series) {
  return std::make_unique<python::Host>(config, std::move(series));
}

}  // namespace warp::worker
