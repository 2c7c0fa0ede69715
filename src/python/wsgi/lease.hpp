// A time limit for Python objects that the application may keep: they can be used from any thread,
// but by one at a time, and by none after the request's end. wsgi.input has one and start_response
// with write() another, so that a thread that waits for the body keeps none from answering.
#pragma once

#include "python/python.hpp"

#include <atomic>

#include "python/gil.hpp"

namespace warp::python::wsgi {

class Lease final {
 public:
  // The thread that serves the request.
  void begin(Gil& /*held*/) { lasts_ = true; }
  void end(Gil& gil);
  // A thread is at it.
  [[nodiscard]] bool is_taken(Gil& /*held*/) const { return is_taken_.load(); }

 private:
  friend class Turn;
  [[nodiscard]] bool take(Gil& gil) {
    while (lasts_ && is_taken_.load()) {
      GilRelease wait(gil);
      is_taken_.wait(true);
    }
    if (lasts_) is_taken_.store(true);
    return lasts_;
  }
  void give_back() {
    is_taken_.store(false);
    is_taken_.notify_all();
  }

  bool lasts_ = false;                 // read and written with the GIL held
  std::atomic<bool> is_taken_{false};  // set with the GIL held; waited for without
};

// One thread's turn, waited for. False when the request has ended.
class Turn final {
 public:
  Turn(Gil& gil, Lease& lease) : lease_(lease), is_valid_(lease.take(gil)) {}
  ~Turn() {
    if (is_valid_) lease_.give_back();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return is_valid_; }

 private:
  Lease& lease_;
  bool is_valid_;
};

inline void Lease::end(Gil& gil) {
  const Turn last(gil, *this);
  lasts_ = false;
}

}  // namespace warp::python::wsgi
