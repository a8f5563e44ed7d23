// The page to ask from: YASGUI over this server's endpoint, with the stored questions as tabs. It asks nobody else.
(function () {
  "use strict";
  var settings = JSON.parse(document.getElementById("settings").textContent);
  var endpoint = new URL("/sparql", window.location.href).href;
  var Yasgui = window.Yasgui.Yasgui || window.Yasgui;
  var prefixes = Object.keys(settings.prefixes).map(function (name) { return name + ": <" + settings.prefixes[name] + ">"; });
  document.getElementById("address").textContent = endpoint;

  if (Yasgui.Yasqe) {
    Yasgui.Yasqe.defaults.prefixCcApi = null;
    Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  }
  var yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: {
      endpoint: endpoint,
      method: "POST",
      acceptHeaderGraph: "text/turtle,*/*;q=0.5",
      acceptHeaderSelect: "application/sparql-results+json,*/*;q=0.5"
    },
    endpointCatalogueOptions: { getData: function () { return []; } },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    populateFromUrl: false,
    autoAddOnInit: false,
    yasqe: { showQueryButton: true, resizeable: true },
    yasr: { prefixes: settings.prefixes }
  });
  window.yasgui = yasgui;

  // A link in an answer leads to what this server knows of it; its text stays the IRI.
  document.getElementById("yasgui").addEventListener("click", function (event) {
    var link = event.target.closest(".yasr_results a[href^='http']");
    if (!link) { return; }
    event.preventDefault();
    var own = "https://w3id.org/regiograaf/";
    var path = link.href.indexOf(own) === 0 ? "/" + link.href.slice(own.length) : "/resource?iri=" + encodeURIComponent(link.href);
    window.open(path, "_blank", "noopener");
  }, true);

  var select = document.getElementById("questions");
  var tabs = {};
  function open(question, shown) {
    if (tabs[question.name] && yasgui.getTab(tabs[question.name])) {
      yasgui.selectTabId(tabs[question.name]);
    } else {
      var tab = yasgui.addTab(shown, { name: question.name, yasqe: { value: question.text }, requestConfig: { endpoint: endpoint } });
      tabs[question.name] = tab.getId();
    }
    var active = document.querySelector(".tabsList .tab.active");
    if (shown && active) { active.scrollIntoView({ block: "nearest" }); }
  }
  settings.tabs.forEach(function (question, index) {
    var option = document.createElement("option");
    option.value = String(index);
    option.textContent = question.summary || question.name;
    select.appendChild(option);
    open(question, index === 0);
  });
  select.addEventListener("change", function () { open(settings.tabs[Number(select.value)], true); });
  if (!settings.tabs.length) { yasgui.addTab(true); }
})();
