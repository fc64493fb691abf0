package dev.capstan.verification.rendering;

/** The look of the page. */
final class HtmlStyle {
  private HtmlStyle() {}

  static final String CSS =
      """
      :root {
        color-scheme: light dark;
        --page: #f6f5f1; --card: #fff; --ink: #1c1e21; --soft: #5c626b; --line: #dedbd2;
        --accent: #1f5673; --good: #1b6b3a; --good-bg: #e3f2e6; --bad: #a3201d;
        --bad-bg: #fbe6e4; --open: #6b5310; --open-bg: #f7efd6; --code-bg: #eeece5;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --page: #15171a; --card: #1d2024; --ink: #e8e6e1; --soft: #a0a6ae; --line: #343940;
          --accent: #8cc4e0; --good: #8fdba8; --good-bg: #173323; --bad: #ffa8a1;
          --bad-bg: #431c1b; --open: #e8cf87; --open-bg: #382f16; --code-bg: #292d33;
        }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
        font: 16px/1.55 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue",
          "DejaVu Sans", sans-serif;
      }
      main { max-width: 62rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
      h1 { font-size: 1.9rem; line-height: 1.2; margin: .4rem 0 .9rem; letter-spacing: -.015em;
        text-wrap: balance; }
      h2 { font-size: 1.15rem; margin: 2.75rem 0 .9rem; }
      h3 { font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: .3rem .6rem;
        align-items: baseline; }
      h3 bdi { flex: 1 1 16rem; }
      p { margin: .35rem 0; max-width: 44rem; }
      p > .badge { margin-right: .35rem; }
      code, pre { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
        monospace; }
      code { background: var(--code-bg); border-radius: 4px; padding: .1em .35em;
        unicode-bidi: isolate; white-space: pre-wrap; }
      pre { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
        padding: 1rem 1.15rem; margin: 0; white-space: pre-wrap; }
      .over { color: var(--soft); font-size: .875rem; }
      .soft, .absent { color: var(--soft); }
      .absent { font-style: italic; }
      .badge { display: inline-block; max-width: 100%; font-size: .75rem; font-weight: 650;
        line-height: 1.45; border: 1px solid currentColor; border-radius: .85rem;
        padding: .05rem .6rem; }
      .good { color: var(--good); background: var(--good-bg); }
      .bad { color: var(--bad); background: var(--bad-bg); border-style: double;
        border-width: 3px; padding-block: 0; }
      .open { color: var(--open); background: var(--open-bg); border-style: dashed; }
      .figures { display: flex; flex-wrap: wrap; gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 10px;
        overflow: hidden; margin: 1.6rem 0 0; }
      .figures div { flex: 1 1 10rem; background: var(--card); padding: .8rem 1.1rem; }
      .figures dt { color: var(--soft); font-size: .8rem; }
      .figures dd { margin: 0; font-size: 1.3rem; font-weight: 600; line-height: 1.3;
        font-variant-numeric: tabular-nums; }
      .figures small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft); }
      blockquote { margin: 0 0 1.1rem; padding: .1rem 0 .1rem 1.1rem; max-width: 44rem;
        border-left: 3px solid var(--accent); font-size: 1.05rem; }
      .facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.4rem;
        margin: 0; font-size: .94rem; }
      .facts dt { color: var(--soft); }
      .facts dd { margin: 0; }
      .steps, .attempts { list-style: none; margin: 0; padding: 0; display: grid; gap: .7rem;
        grid-template-columns: minmax(0, 1fr); }
      .steps > li, .attempts > li { background: var(--card); border: 1px solid var(--line);
        border-radius: 10px; padding: .9rem 1.15rem; }
      .steps p, .attempts p, .attempts ul { font-size: .94rem; }
      .checks { display: flex; flex-wrap: wrap; gap: .35rem; margin: .6rem 0 0; padding: 0;
        list-style: none; }
      .gaps { margin: 0; padding-left: 1.2rem; }
      .gaps li { margin: .3rem 0; }
      table { width: 100%; border-collapse: collapse; background: var(--card); font-size: .92rem;
        border: 1px solid var(--line); }
      th, td { text-align: left; vertical-align: baseline; padding: .5rem .8rem;
        border-top: 1px solid var(--line); }
      thead th { font-size: .8rem; font-weight: 600; color: var(--soft); border-top: 0; }
      tbody th { font-weight: 400; min-width: 8rem; }
      td { font-variant-numeric: tabular-nums; }
      tbody tr + tr td { border-top-style: dotted; }
      .attempts table { margin: .5rem 0; font-size: .85rem; }
      .attempts :is(th, td):not(:last-child) { width: 1%; white-space: nowrap; }
      summary { color: var(--soft); font-size: .92rem; cursor: pointer; }
      tbody { break-inside: avoid; }
      footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line);
        color: var(--soft); font-size: .85rem; }
      @media (max-width: 40rem) {
        main { padding: 1.5rem 1rem 3rem; }
        .facts { grid-template-columns: 1fr; gap: 0; }
        .facts dd { margin-bottom: .5rem; }
        th, td { padding: .45rem .5rem; }
        table, tbody, tr, tbody th, td { display: block; border: 0; padding: 0; min-width: 0; }
        table { background: none; }
        thead { display: none; }
        tbody { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
          padding: .7rem .9rem; margin-bottom: .7rem; }
        td { display: inline-block; margin-right: .5rem; }
        td:last-child { display: block; margin-bottom: .5rem; }
      }
      @media print {
        :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb;
          --accent: #000; --good: #000; --good-bg: #fff; --bad: #000; --bad-bg: #fff;
          --open: #000; --open-bg: #fff; --code-bg: #f2f2f2; color-scheme: light; }
        body { font-size: 10pt; }
        main { max-width: none; padding: 0; }
        h2 { break-after: avoid; margin-top: 1.6rem; }
        .steps > li, .attempts > li, tr, .figures { break-inside: avoid; }
        thead { display: table-header-group; }
        @page { margin: 18mm 16mm; }
      }
      """;
}
