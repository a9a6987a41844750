;;; emacs.el --- the session of expected.json in Emacs with eglot  -*- lexical-binding: t -*-
;; emacs -Q --batch -l emacs.el     LSP_COMMAND (JSON array), LSP_FILE and LSP_HERE set
(setq package-user-dir "/nonexistent")
(require 'package) (package-initialize)
(require 'cl-lib) (require 'json) (require 'eglot) (require 'flymake) (require 'cc-mode) (require 'project) (require 'subr-x)

(defvar client (format "Emacs %s, eglot" emacs-version))
(defvar failed nil)
(defvar expected (with-temp-buffer
                   (insert-file-contents (expand-file-name "expected.json" (getenv "LSP_HERE")))
                   (json-parse-buffer :object-type 'alist :array-type 'list)))
(defun want (&rest keys) (let ((at expected)) (dolist (key keys at) (setq at (alist-get key at)))))

(defmacro check (what &rest body)
  "Says whether BODY, which fails by an error, holds."
  `(condition-case err
       (progn ,@body (princ (format "ok      %s: %s\n" client ,what)))
     (error (setq failed t) (princ (format "FAILED  %s: %s\n    %s\n" client ,what (error-message-string err))))))

(defmacro wait-for (what &rest form)
  `(let ((end (+ (float-time) 60)) found)
     (while (and (not (setq found (progn ,@form))) (< (float-time) end)) (accept-process-output nil 0.05))
     (or found (error "%s: not within 60 s" ,what))))

(defun go-to (text) (goto-char (point-min)) (search-forward text) (goto-char (match-beginning 0)))

;; The setting that docs/editors/emacs.md tells people to use, with the command under test.
(setq eglot-sync-connect t eglot-connect-timeout 60 eglot-autoshutdown nil eglot-confirm-server-initiated-edits nil
      eglot-send-changes-idle-time 0.05 flymake-no-changes-timeout 0.1)
(add-to-list 'eglot-server-programs
             `(c-mode . ,(json-parse-string (getenv "LSP_COMMAND") :array-type 'list)))
(add-hook 'project-find-functions (lambda (_) (cons 'transient (file-name-directory (getenv "LSP_FILE")))))

(find-file (getenv "LSP_FILE"))
(c-mode)
(defun ours ()
  (cl-remove-if-not (lambda (d) (string-match-p (regexp-quote (want 'diagnostic 'message)) (flymake-diagnostic-text d))) (flymake-diagnostics)))

(check "it connects"
  (apply #'eglot--connect (eglot--guess-contact))
  (unless (eglot-managed-p) (eglot--managed-mode 1))
  (wait-for "the server" (eglot-current-server)))

(check (format "%s at \"%s\", with its message" (want 'diagnostic 'code) (want 'diagnostic 'at))
  (flymake-mode 1) (flymake-start)
  (let ((found (car (wait-for "the diagnostic" (ours)))))
    (go-to (want 'diagnostic 'at))
    (unless (= (point) (flymake-diagnostic-beg found)) (error "It stands at %s" (flymake-diagnostic-beg found)))))

(check (format "hover on %s" (want 'hover 'at))
  (go-to (want 'hover 'at)) (forward-char 4)
  (let* ((answer (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams)))
         (text (substring-no-properties (eglot--hover-info (plist-get answer :contents) (plist-get answer :range)))))
    (dolist (words (want 'hover 'has))
      (unless (string-match-p (regexp-quote words) text) (error "No \"%s\" in: %s" words text)))))

(check (format "completion after \"%s\"" (want 'completion 'type))
  (go-to (want 'completion 'after)) (end-of-line)
  (insert "\n\t" (want 'completion 'type))
  (let* ((capf (eglot-completion-at-point))
         (all (mapcar #'substring-no-properties (all-completions (buffer-substring-no-properties (nth 0 capf) (nth 1 capf)) (nth 2 capf)))))
    (delete-region (line-end-position 0) (line-end-position))
    (dolist (name (want 'completion 'has)) (unless (cl-some (lambda (one) (string-prefix-p name (string-trim one))) all) (error "No %s in %s" name all)))
    (dolist (name (want 'completion 'hasNot)) (when (cl-some (lambda (one) (string-prefix-p name (string-trim one))) all) (error "%s is there" name)))))

(check "the fix, as it is typed, takes the diagnostic away and leaves the others"
  (go-to (want 'fix 'before)) (insert (want 'fix 'insert))
  (go-to (want 'fix 'after)) (forward-char (length (want 'fix 'after))) (insert (want 'fix 'append))
  (run-hooks 'post-command-hook)
  (eglot--signal-textDocument/didChange)
  (wait-for "the diagnostic is gone" (flymake-start) (and (flymake-diagnostics) (null (ours))))
  (let ((errors (cl-count-if (lambda (d) (eq (flymake-diagnostic-type d) 'eglot-error)) (flymake-diagnostics))))
    (unless (= errors (want 'others)) (error "%d others" errors))))

(check "it stops"
  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot-current-server) nil 20))
(kill-emacs (if failed 1 0))
