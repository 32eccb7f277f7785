package org.relayd.packaging;

import java.util.List;
import java.util.stream.Collectors;
import org.relayd.compiler.words.Keyword;

/** The words of relayd.conf(5) for editors to colour. */
final class Highlighting {
    /** Words that begin a section or stand outside of all. */
    private static final List<String> SECTIONS = List.of("table", "redirect", "relay", "router", "protocol", "include");

    private Highlighting() {}

    private static List<String> keywords() {
        return Keyword.all().stream().map(Keyword::spelling).filter(word -> !SECTIONS.contains(word)).toList();
    }

    /** Returns a syntax file of vim. */
    static String vim() {
        return """
                " Vim syntax file
                " Language: relayd.conf(5); made by the build from the compiler's table of keywords
                if exists("b:current_syntax")
                  finish
                endif
                let s:cpo_save = &cpo
                set cpo&vim

                syn case match
                syn iskeyword @,48-57,_,-
                syn keyword relaydSection SECTIONS
                KEYWORDS
                syn keyword relaydBoolean yes on off
                syn match relaydNumber "\\<\\d\\+\\>"
                syn match relaydMacro "\\$[A-Za-z_][A-Za-z0-9_]*"
                syn match relaydTable "<[^<> \\t]\\+>"
                syn match relaydAddress "\\<\\d\\{1,3}\\(\\.\\d\\{1,3}\\)\\{3}\\(/\\d\\+\\)\\?\\>"
                syn region relaydString start=+"+ skip=+\\\\"+ end=+"+ contains=relaydMacro
                syn region relaydString start=+'+ end=+'+
                syn match relaydComment "#.*$" contains=@Spell

                hi def link relaydSection Statement
                hi def link relaydKeyword Keyword
                hi def link relaydBoolean Boolean
                hi def link relaydNumber Number
                hi def link relaydAddress Number
                hi def link relaydMacro Identifier
                hi def link relaydTable Type
                hi def link relaydString String
                hi def link relaydComment Comment

                let b:current_syntax = "relayd"
                let &cpo = s:cpo_save
                unlet s:cpo_save
                """.replace("SECTIONS", String.join(" ", SECTIONS)).replace("KEYWORDS", keywords().stream()
                .map(word -> "syn keyword relaydKeyword " + word).collect(Collectors.joining("\n")));
    }

    /** Returns a script of vim that knows the file by its name. */
    static String vimDetection() {
        return "au BufRead,BufNewFile relayd.conf,relayd.conf.* setf relayd\n";
    }

    /** Returns a grammar of TextMate, which other editors read too. */
    static String textMate() {
        return """
                {
                  "name": "relayd.conf",
                  "scopeName": "source.relayd",
                  "fileTypes": ["relayd.conf"],
                  "patterns": [
                    { "name": "comment.line.number-sign.relayd", "match": "#.*$" },
                    { "name": "string.quoted.double.relayd", "begin": "\\"", "end": "\\"", "patterns": [
                      { "name": "constant.character.escape.relayd", "match": "\\\\." },
                      { "name": "variable.other.relayd", "match": "\\\\$[A-Za-z_][A-Za-z0-9_]*" } ] },
                    { "name": "string.quoted.single.relayd", "begin": "'", "end": "'" },
                    { "name": "variable.other.relayd", "match": "\\\\$[A-Za-z_][A-Za-z0-9_]*" },
                    { "name": "entity.name.type.relayd", "match": "<[^<>\\\\s]+>" },
                    { "name": "keyword.control.relayd", "match": "(?<![\\\\w-])(?:SECTIONS)(?![\\\\w-])" },
                    { "name": "keyword.other.relayd", "match": "(?<![\\\\w-])(?:KEYWORDS)(?![\\\\w-])" },
                    { "name": "constant.numeric.relayd", "match": "(?<![\\\\w-])\\\\d+(?:\\\\.\\\\d+){0,3}(?![\\\\w-])" }
                  ]
                }
                """
                .replace("SECTIONS", String.join("|", SECTIONS)).replace("KEYWORDS", String.join("|", keywords()));
    }
}
