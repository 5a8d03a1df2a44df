<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
  <context>
    <name>Sen2ChainTimeSeries</name>
    <message>
      <source>  compiled files: in {folder}</source>
      <translation>  fichiers compilés : dans {folder}</translation>
    </message>
    <message>
      <source>  copy, in {folder}: {command}</source>
      <translation>  copie, dans {folder} : {command}</translation>
    </message>
    <message>
      <source>  extraction: {folder}</source>
      <translation>  extraction : {folder}</translation>
    </message>
    <message>
      <source>  products already done: {done} of {all}</source>
      <translation>  produits déjà faits : {done} sur {all}</translation>
    </message>
    <message>
      <source>  products to extract from tile {tile}: {count}</source>
      <translation>  produits à extraire de la tuile {tile} : {count}</translation>
    </message>
    <message>
      <source>  raw files: up to {count} in {folder}</source>
      <translation>  fichiers bruts : jusqu’à {count} dans {folder}</translation>
    </message>
    <message>
      <source>'Extract again what is already extracted' skips nothing.</source>
      <translation>« Extraire à nouveau ce qui est déjà extrait » n’ignore rien.</translation>
    </message>
    <message>
      <source>'{key}' is not a known key. Known keys (in lines 'key = value'): {known}.</source>
      <translation>« {key} » n’est pas une clé connue. Clés connues (lignes « clé = valeur ») : {known}.</translation>
    </message>
    <message>
      <source>'{name}' cannot be the name of a job. A name has 1 to 64 characters: letters without accents, digits, _ and -; it starts with a letter or a digit, and is not a device of Windows (CON, NUL, COM1…).</source>
      <translation>« {name} » ne peut pas être le nom d’un travail. Un nom a de 1 à 64 caractères : lettres sans accent, chiffres, _ et - ; il commence par une lettre ou un chiffre, et n’est pas un périphérique de Windows (CON, NUL, COM1…).</translation>
    </message>
    <message>
      <source>'{name}' is already given in line {first}. Keep one of the two.</source>
      <translation>« {name} » est déjà donné à la ligne {first}. Gardez l’un des deux.</translation>
    </message>
    <message>
      <source>'{target}' cannot be the target of a copy. It has the form user@server:path; the path takes letters, digits, spaces within, and . / _ + = , @ % -, does not start with - and has no '..'. Nothing was started.</source>
      <translation>« {target} » ne peut pas être la cible d’une copie. Elle est de la forme utilisateur@serveur:chemin ; le chemin accepte les lettres, les chiffres, les espaces (sauf au début et à la fin) et . / _ + = , @ % -, ne commence pas par - et ne contient pas « .. ». Rien n’a été lancé.</translation>
    </message>
    <message>
      <source>'{text}' is not a date such as 2021-01-31</source>
      <translation>« {text} » n’est pas une date telle que 2021-01-31</translation>
    </message>
    <message>
      <source>'{timing}' is not a cron timing: the {field} is '{text}', expected {expected}.</source>
      <translation>« {timing} » n’est pas un horaire cron : pour le champ « {field} », la valeur est « {text} », attendu : {expected}.</translation>
    </message>
    <message>
      <source>'{timing}' never occurs: no month has that day. Choose another day.</source>
      <translation>« {timing} » ne se produit jamais : aucun mois n’a ce jour. Choisissez un autre jour.</translation>
    </message>
    <message>
      <source>'{value}' cannot be the layer of a job: it takes the full path of a vector file (or path|layername=name), without # and !, which have a meaning of their own in a job file; rename the file or its folder.</source>
      <translation>« {value} » ne peut pas être la couche d’un travail : il faut le chemin complet d’un fichier vecteur (ou chemin|layername=nom), sans # ni !, qui ont un sens particulier dans un fichier de travail ; renommez le fichier ou son dossier.</translation>
    </message>
    <message>
      <source>(1 product)</source>
      <translation>(1 produit)</translation>
    </message>
    <message>
      <source>({number} products)</source>
      <translation>({number} produits)</translation>
    </message>
    <message>
      <source>*, {values}, 1-5, */2 or a list of these with commas</source>
      <translation>*, {values}, 1-5, */2 ou une liste de ces formes, séparées par des virgules</translation>
    </message>
    <message>
      <source>1 to 64 letters without accents, digits, _ and -; it starts with a letter or a digit.</source>
      <translation>De 1 à 64 caractères : lettres sans accent, chiffres, _ et - ; le premier est une lettre ou un chiffre.</translation>
    </message>
    <message>
      <source>10 % to 90 % of the zones</source>
      <translation>de 10 % à 90 % des zones</translation>
    </message>
    <message>
      <source>A Sen2Chain data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg. Empty: the folder that the variable SEN2CHAIN_HOMEPATH names, else your home folder.</source>
      <translation>Un dossier de données Sen2Chain (il contient INDICES), ou un dossier qui contient sen2chain_data/config/config.cfg. Vide : le dossier que désigne la variable SEN2CHAIN_HOMEPATH, sinon votre dossier personnel.</translation>
    </message>
    <message>
      <source>A date such as 2021-01-31, today, today-30 (30 days before the run), or empty: no limit.</source>
      <translation>Une date telle que 2021-01-31, today (aujourd’hui), today-30 (30 jours avant l’exécution), ou vide : pas de limite.</translation>
    </message>
    <message>
      <source>A folder NAME_CHECKSUM/plots is made in it, with a folder for each cloud mask. Empty: in the extraction itself.</source>
      <translation>Un dossier NOM_SOMME/plots y est créé, avec un sous-dossier par masque de nuages. Vide : dans l’extraction elle-même.</translation>
    </message>
    <message>
      <source>A folder NAME_CHECKSUM/quicklooks is made in it. Empty: in the extraction itself.</source>
      <translation>Un dossier NOM_SOMME/quicklooks y est créé. Vide : dans l’extraction elle-même.</translation>
    </message>
    <message>
      <source>A folder named like the layer is made in it. Empty: the time series folder of the library.</source>
      <translation>Un dossier du nom de la couche y est créé. Vide : le dossier des séries temporelles de la bibliothèque.</translation>
    </message>
    <message>
      <source>A job is a list of tasks: a layer, dates, cloud masks and indices to extract, periods to compile, a server to copy to. 'Run a job' runs it, 'Schedule a job' makes it run by itself.

The job is a text file that Sen2Chain reads and writes too, in sen2chain_data/config/jobs_extr, or jobs_extr of a bare data folder. Without a layer the task is a line to complete by hand.

Mode 'append' adds a task to the job, and a task number changes that task: what is not given keeps its value. Comments and other lines of the file stay as they are.</source>
      <translation>Un travail est une liste de tâches : une couche, des dates, des masques de nuages et des indices à extraire, des périodes à compiler, un serveur où copier. « Exécuter un travail » le lance, « Planifier un travail » le fait s’exécuter tout seul.

Le travail est un fichier texte que Sen2Chain lit et écrit aussi, dans sen2chain_data/config/jobs_extr, ou dans jobs_extr si la bibliothèque est un simple dossier de données. Sans couche, la tâche est une ligne à compléter à la main.

Le mode « append » ajoute une tâche au travail, et un numéro de tâche modifie cette tâche : ce qui n’est pas donné garde sa valeur. Les commentaires et les autres lignes du fichier restent telles quelles.</translation>
    </message>
    <message>
      <source>A new or an empty folder, or an earlier sample library, which is replaced; extractions in it stay. A folder that holds anything else is refused.</source>
      <translation>Un dossier nouveau ou vide, ou une bibliothèque d’exemple antérieure, qui est alors remplacée ; les extractions qui s’y trouvent sont conservées. Un dossier qui contient autre chose est refusé.</translation>
    </message>
    <message>
      <source>A row counts only when it has less than this, in % of the most pixels the zone ever has.</source>
      <translation>Une ligne ne compte que si sa part de pixels sans donnée est inférieure à cette valeur, en % du plus grand nombre de pixels que la zone ait jamais eu.</translation>
    </message>
    <message>
      <source>A row per tile, index and cloud mask, with the footprint of the tile.</source>
      <translation>Une ligne par tuile, indice et masque de nuages, avec l’emprise de la tuile.</translation>
    </message>
    <message>
      <source>A vector file of any kind and CRS (file.gpkg|layername=name for one layer of several). It is read when the job runs. Empty: a line to complete by hand.</source>
      <translation>Un fichier vecteur de tout type et de tout SCR (fichier.gpkg|layername=nom pour une couche parmi plusieurs). Il est lu quand le travail s’exécute. Vide : une ligne à compléter à la main.</translation>
    </message>
    <message>
      <source>A vector layer of any kind and CRS: polygons, lines or points. When features are selected and 'Selected features only' is ticked, only these are zones.</source>
      <translation>Une couche vecteur de tout type et de tout SCR : polygones, lignes ou points. Si des entités sont sélectionnées et que « Entité(s) sélectionnée(s) uniquement » est coché, elles seules sont des zones.</translation>
    </message>
    <message>
      <source>A vector layer, as for Extract: the inventory is then of the tiles it meets, and says what is already extracted for it. Empty: all tiles.</source>
      <translation>Une couche vecteur, comme pour Extraire : l’inventaire porte alors sur les tuiles que ses zones intersectent, et indique ce qui est déjà extrait pour elle. Vide : toutes les tuiles.</translation>
    </message>
    <message>
      <source>Acquisitions</source>
      <translation>Acquisitions</translation>
    </message>
    <message>
      <source>Acquisitions within two years, 4 to 292; they fall on days on which the satellites really passed.</source>
      <translation>Nombre d’acquisitions en deux ans, de 4 à 292 ; elles tombent les jours où les satellites sont vraiment passés.</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Action</translation>
    </message>
    <message>
      <source>Add a task to the job…</source>
      <translation>Ajouter une tâche au travail…</translation>
    </message>
    <message>
      <source>Add the zones to the map</source>
      <translation>Ajouter les zones à la carte</translation>
    </message>
    <message>
      <source>Address of the scheduler of a running Dask cluster, such as tcp://host:8786, whose workers read the rasters instead of this computer; library and results have the same paths there. Empty: work here. The result is the same.</source>
      <translation>Adresse du scheduler d’un cluster Dask en marche, telle que tcp://host:8786, dont les workers lisent les rasters à la place de cet ordinateur ; la bibliothèque et les résultats y ont les mêmes chemins. Vide : travailler ici. Le résultat est le même.</translation>
    </message>
    <message>
      <source>All tiles</source>
      <translation>Toutes les tuiles</translation>
    </message>
    <message>
      <source>Already extracted</source>
      <translation>Déjà extraits</translation>
    </message>
    <message>
      <source>Already extracted: the extraction has an intact CSV of it, and the raster is still the same. Skipped.</source>
      <translation>Déjà extraits : l’extraction en possède un CSV intact, et le raster n’a pas changé. Ignorés.</translation>
    </message>
    <message>
      <source>Also put all rows into a layer, with the geometry of their zones, ready for the temporal controller.</source>
      <translation>Écrire aussi toutes les lignes dans une couche, avec la géométrie de leurs zones, prête pour le contrôleur temporel.</translation>
    </message>
    <message>
      <source>Also put the rows into a layer, each with the geometry of its zone.</source>
      <translation>Écrire aussi les lignes dans une couche, chacune avec la géométrie de sa zone.</translation>
    </message>
    <message>
      <source>Also put the rows of this run into a layer, each with the geometry of its zone.</source>
      <translation>Écrire aussi les lignes de cette exécution dans une couche, chacune avec la géométrie de sa zone.</translation>
    </message>
    <message>
      <source>Also write smoothed series (Savitzky-Golay); needs files to compile.</source>
      <translation>Écrire aussi des séries lissées (Savitzky-Golay) ; nécessite des fichiers à compiler.</translation>
    </message>
    <message>
      <source>Also write smoothed time series, a value every 5 days. Needs scipy. Those of all data are always written then, besides those of the periods.</source>
      <translation>Écrire aussi des séries temporelles lissées, une valeur tous les 5 jours. Nécessite scipy. Celles de toutes les données sont alors toujours écrites, en plus de celles des périodes.</translation>
    </message>
    <message>
      <source>An HTML page that needs no network: totals, a calendar, what Extract would do, what is missing.</source>
      <translation>Une page HTML qui n’a pas besoin du réseau : totaux, calendrier, ce que ferait Extraire, ce qui manque.</translation>
    </message>
    <message>
      <source>An attribute of the zones, for titles and file names; empty: their numbers (FID0, FID1…).</source>
      <translation>Un attribut des zones, pour les titres et les noms de fichiers ; vide : leurs numéros (FID0, FID1…).</translation>
    </message>
    <message>
      <source>An odd number. Zones with fewer dates are not smoothed; the log names them.</source>
      <translation>Un nombre impair. Les zones qui ont moins de dates ne sont pas lissées ; le journal en donne la liste.</translation>
    </message>
    <message>
      <source>Any whole number; another one gives other fields and other clouds.</source>
      <translation>Un nombre entier quelconque ; un autre nombre donne d’autres parcelles et d’autres nuages.</translation>
    </message>
    <message>
      <source>Appears in the names of the files (CC100), as in Sen2Chain. It leaves out no row; of the smoothing's statistics, it leaves out what has more pixels without data than this.</source>
      <translation>Figure dans les noms des fichiers (CC100), comme dans Sen2Chain. N’écarte aucune ligne ; écarte des statistiques du lissage ce qui a plus de pixels sans donnée que cette valeur.</translation>
    </message>
    <message>
      <source>Apr</source>
      <translation>avr.</translation>
    </message>
    <message>
      <source>Aug</source>
      <translation>août</translation>
    </message>
    <message>
      <source>Band of the quartiles</source>
      <translation>Bande des quartiles</translation>
    </message>
    <message>
      <source>Before a long run: which tiles, indices, cloud masks and dates there are, how many rasters, how many of them lack their cloud probability, and which products lack a mask that others have. With a layer, only for the tiles that its zones meet, and with what Extract would skip and why.

The table has a row per tile, index and cloud mask, with the footprint of the tile. The report is an HTML page of its own, with a calendar. Nothing is decoded and nothing of the library is changed; 20 000 products take a few seconds.</source>
      <translation>Avant une longue exécution : quelles tuiles, quels indices, masques de nuages et dates existent, combien de rasters, combien n’ont pas de probabilité de nuage, et à quels produits manque un masque que d’autres possèdent. Avec une couche, seulement pour les tuiles que ses zones intersectent, et avec ce qu’Extraire ignorerait et pourquoi.

La table a une ligne par tuile, indice et masque de nuages, avec l’emprise de la tuile. Le rapport est une page HTML autonome, avec un calendrier. Rien n’est décodé et rien n’est modifié dans la bibliothèque ; 20 000 produits prennent quelques secondes.</translation>
    </message>
    <message>
      <source>Calendar</source>
      <translation>Calendrier</translation>
    </message>
    <message>
      <source>Cancelled.</source>
      <translation>Annulé.</translation>
    </message>
    <message>
      <source>Cannot be read</source>
      <translation>Illisible</translation>
    </message>
    <message>
      <source>Cannot find qgis_process, which a schedule needs to run a job; looked in {places}. Install it (it is part of QGIS), or put its folder on the PATH.</source>
      <translation>qgis_process, dont une planification a besoin pour exécuter un travail, est introuvable ; cherché dans {places}. Installez-le (il fait partie de QGIS), ou ajoutez son dossier au PATH.</translation>
    </message>
    <message>
      <source>Cannot read the job {path}: {reason}.</source>
      <translation>Impossible de lire le travail {path} : {reason}.</translation>
    </message>
    <message>
      <source>Cannot read the zones of the extraction, {path}: the table needs them. Restore shp_files from a copy, or extract again.</source>
      <translation>Impossible de lire les zones de l’extraction, {path} : la table en a besoin. Restaurez shp_files depuis une copie, ou refaites l’extraction.</translation>
    </message>
    <message>
      <source>Cannot read {path} ({reason}): compiled files that are out of date will stay.</source>
      <translation>Impossible de lire {path} ({reason}) : les fichiers compilés périmés resteront.</translation>
    </message>
    <message>
      <source>Cannot read {path} as a vector layer: {reason}.</source>
      <translation>Impossible de lire {path} comme une couche vecteur : {reason}.</translation>
    </message>
    <message>
      <source>Cannot read {path}: {reason}.</source>
      <translation>Impossible de lire {path} : {reason}.</translation>
    </message>
    <message>
      <source>Cannot read {path}: {reason}. Correct that line, or give the data folder itself as the library.</source>
      <translation>Impossible de lire {path} : {reason}. Corrigez cette ligne, ou donnez le dossier de données lui-même comme bibliothèque.</translation>
    </message>
    <message>
      <source>Cannot smooth with a window of {window_length} dates and polynomials of order {polyorder}: {reason}. The window should be an odd number greater than the order.</source>
      <translation>Impossible de lisser avec une fenêtre de {window_length} dates et des polynômes de degré {polyorder} : {reason}. La fenêtre doit être un nombre impair plus grand que le degré.</translation>
    </message>
    <message>
      <source>Cannot write {path}: {reason}. Nothing half written was left. Make room there or get the right to write, then run again.</source>
      <translation>Impossible d’écrire {path} : {reason}. Aucun fichier à moitié écrit n’a été laissé. Libérez-y de l’espace ou obtenez le droit d’y écrire, puis relancez.</translation>
    </message>
    <message>
      <source>Cannot write {path}: {reason}. The run goes on.</source>
      <translation>Impossible d’écrire {path} : {reason}. L’exécution continue.</translation>
    </message>
    <message>
      <source>Changed since</source>
      <translation>Modifiés depuis</translation>
    </message>
    <message>
      <source>Changed since: the raster was replaced, or its CSV is gone. Extracted again.</source>
      <translation>Modifiés depuis : le raster a été remplacé, ou son CSV a disparu. Extraits à nouveau.</translation>
    </message>
    <message>
      <source>Chart of the time series</source>
      <translation>Graphique des séries temporelles</translation>
    </message>
    <message>
      <source>Choose a folder…</source>
      <translation>Choisir un dossier…</translation>
    </message>
    <message>
      <source>Choose among what the library has (Alt+Down)</source>
      <translation>Choisir parmi ce que contient la bibliothèque (Alt+Bas)</translation>
    </message>
    <message>
      <source>Choose an extraction</source>
      <translation>Choisir une extraction</translation>
    </message>
    <message>
      <source>Choose an extraction first.</source>
      <translation>Choisissez d’abord une extraction.</translation>
    </message>
    <message>
      <source>Choose an extraction to see its time series.
When Extract or Compile ends, its extraction appears here by itself.</source>
      <translation>Choisissez une extraction pour voir ses séries temporelles.
Quand Extraire ou Compiler se termine, son extraction apparaît ici d’elle-même.</translation>
    </message>
    <message>
      <source>Choose the folder of an extraction</source>
      <translation>Choisir le dossier d’une extraction</translation>
    </message>
    <message>
      <source>Click a zone, or drag a rectangle; with Shift or Ctrl to add or take away</source>
      <translation>Cliquez sur une zone, ou tracez un rectangle ; avec Maj ou Ctrl pour ajouter ou retirer</translation>
    </message>
    <message>
      <source>Cloud cover</source>
      <translation>Couverture nuageuse</translation>
    </message>
    <message>
      <source>Cloud mask</source>
      <translation>Masque de nuages</translation>
    </message>
    <message>
      <source>Cloud masks</source>
      <translation>Masques de nuages</translation>
    </message>
    <message>
      <source>Cloud masks that dialogs offer</source>
      <translation>Masques de nuages proposés par les fenêtres de traitement</translation>
    </message>
    <message>
      <source>Cloud probability (%)</source>
      <translation>Probabilité de nuage (%)</translation>
    </message>
    <message>
      <source>Cloudy (%)</source>
      <translation>Nuageux (%)</translation>
    </message>
    <message>
      <source>Cloudy pixels (%)</source>
      <translation>Pixels nuageux (%)</translation>
    </message>
    <message>
      <source>Colour observations by clouds</source>
      <translation>Colorer les observations selon les nuages</translation>
    </message>
    <message>
      <source>Command: {command}</source>
      <translation>Commande : {command}</translation>
    </message>
    <message>
      <source>Compile</source>
      <translation>Compiler</translation>
    </message>
    <message>
      <source>Compiled data</source>
      <translation>Données compilées</translation>
    </message>
    <message>
      <source>Compiles the raw data of an extraction into time series, one file per period.</source>
      <translation>Compile les données brutes d’une extraction en séries temporelles, un fichier par période.</translation>
    </message>
    <message>
      <source>Compile…</source>
      <translation>Compiler…</translation>
    </message>
    <message>
      <source>Completeness</source>
      <translation>Complétude</translation>
    </message>
    <message>
      <source>Compute every product again at every run.</source>
      <translation>Recalculer tous les produits à chaque exécution.</translation>
    </message>
    <message>
      <source>Compute every product again, instead of skipping those that are done.</source>
      <translation>Recalculer tous les produits, au lieu d’ignorer ceux qui sont faits.</translation>
    </message>
    <message>
      <source>Computes masked statistics of zones and compiles them into time series, in one go.</source>
      <translation>Calcule des statistiques zonales masquées et les compile en séries temporelles, en une seule fois.</translation>
    </message>
    <message>
      <source>Computes masked statistics of zones for every date of a Sen2Chain library.</source>
      <translation>Calcule des statistiques zonales masquées pour chaque date d’une bibliothèque Sen2Chain.</translation>
    </message>
    <message>
      <source>Copy to</source>
      <translation>Copier vers</translation>
    </message>
    <message>
      <source>DASK_SCHEDULER needs the Python package distributed, which is not installed for this Python ({reason}). Install it in the version of the cluster (Debian, Ubuntu: apt install python3-distributed).</source>
      <translation>DASK_SCHEDULER nécessite le paquet Python distributed, qui n’est pas installé pour ce Python ({reason}). Installez-le dans la même version que le cluster (Debian, Ubuntu : apt install python3-distributed).</translation>
    </message>
    <message>
      <source>Damaged raw files, left out: {files}</source>
      <translation>Fichiers bruts endommagés, écartés : {files}</translation>
    </message>
    <message>
      <source>Dask scheduler</source>
      <translation>Scheduler Dask</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Dates</translation>
    </message>
    <message>
      <source>Dates asked for</source>
      <translation>Dates demandées</translation>
    </message>
    <message>
      <source>Dates of 5 days, an odd number: the longer, the smoother.</source>
      <translation>Nombre impair de dates espacées de 5 jours : plus la fenêtre est longue, plus la courbe est lisse.</translation>
    </message>
    <message>
      <source>Dates: {dates}, pixels seen: {seen} %</source>
      <translation>Dates : {dates}, pixels vus : {seen} %</translation>
    </message>
    <message>
      <source>Day of the latest acquisition; empty: no limit.</source>
      <translation>Jour de l’acquisition la plus récente ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Day of the oldest acquisition; empty: no limit.</source>
      <translation>Jour de l’acquisition la plus ancienne ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Jours</translation>
    </message>
    <message>
      <source>Dec</source>
      <translation>déc.</translation>
    </message>
    <message>
      <source>Defaults</source>
      <translation>Valeurs par défaut</translation>
    </message>
    <message>
      <source>Disabled</source>
      <translation>Désactivé</translation>
    </message>
    <message>
      <source>Drag a rectangle on the chart. Without it: drag to move, wheel to zoom the dates, Ctrl and wheel to zoom the values</source>
      <translation>Tracez un rectangle sur le graphique. Sans cet outil : faites glisser pour vous déplacer, molette pour zoomer sur les dates, Ctrl et molette pour zoomer sur les valeurs</translation>
    </message>
    <message>
      <source>Draws a picture of each zone and date of an extraction, and sheets of all dates.</source>
      <translation>Dessine une image par zone et par date d’une extraction, et des planches de toutes les dates.</translation>
    </message>
    <message>
      <source>Draws the time series of an extraction as pictures, and an HTML report of them.</source>
      <translation>Trace les séries temporelles d’une extraction sous forme d’images et d’un rapport HTML.</translation>
    </message>
    <message>
      <source>Each task of the job is extracted, compiled and, when it names a server, copied there. What is already done is skipped. A task, a product or a copy that fails does not stop the others; when anything failed the run ends with an error that names it, and the log says why.

Two runs of one job never overlap: the second one says so and ends.

A job file that cannot be understood completely is refused with the line in question, and nothing is run.</source>
      <translation>Chaque tâche du travail est extraite, compilée et, si elle désigne un serveur, copiée sur celui-ci. Ce qui est déjà fait est ignoré. Une tâche, un produit ou une copie en échec n’arrête pas les autres ; si quelque chose a échoué, l’exécution se termine par une erreur qui l’indique, et le journal dit pourquoi.

Deux exécutions d’un même travail ne se chevauchent jamais : la seconde le signale et se termine.

Un fichier de travail qui ne peut pas être compris entièrement est refusé avec la ligne en cause, et rien n’est exécuté.</translation>
    </message>
    <message>
      <source>Edit the task…</source>
      <translation>Modifier la tâche…</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Sans donnée</translation>
    </message>
    <message>
      <source>Enabled</source>
      <translation>Activé</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exporter</translation>
    </message>
    <message>
      <source>Extract</source>
      <translation>Extraire</translation>
    </message>
    <message>
      <source>Extract again what is already extracted</source>
      <translation>Extraire à nouveau ce qui est déjà extrait</translation>
    </message>
    <message>
      <source>Extract and compile</source>
      <translation>Extraire et compiler</translation>
    </message>
    <message>
      <source>Extract writes a CSV per product. Compile brings them together: of all rows of a zone and date it keeps the best one (zone completely inside tile and swath, latest processing baseline, most valid pixels, least spread), and writes a file of all data, or one per day, week, month, year, or for the dates you give. Rows are sorted into files, not averaged.

Smoothing adds files with a value every 5 days (Savitzky-Golay; gaps are filled first) and how well they fit. The extraction may be made by this plugin or by Sen2Chain itself. A file that already is as it should be is not touched.

The table shows all rows on the map: open the temporal controller and press play.</source>
      <translation>Extraire écrit un CSV par produit. Compiler les réunit : de toutes les lignes d’une zone et d’une date, il garde la meilleure (zone entièrement dans la tuile et la fauchée, version de traitement (baseline) la plus récente, le plus de pixels valides, la plus faible dispersion), et écrit un fichier de toutes les données, ou un par jour, semaine, mois, année, ou pour les dates que vous donnez. Les lignes sont réparties dans les fichiers, elles ne sont pas moyennées.

Le lissage ajoute des fichiers avec une valeur tous les 5 jours (Savitzky-Golay ; les lacunes sont d’abord comblées) et la qualité de l’ajustement. L’extraction peut venir de cette extension ou de Sen2Chain lui-même. Un fichier qui est déjà tel qu’il doit être n’est pas touché.

La table montre toutes les lignes sur la carte : ouvrez le contrôleur temporel et lancez la lecture.</translation>
    </message>
    <message>
      <source>Extract, then Compile on the extraction that came of it. Run it again when the library has new dates: what is already extracted is skipped, and only files that change are written.

This is a model: open it in the model designer to make your own from it.</source>
      <translation>Extraire, puis Compiler sur l’extraction obtenue. Relancez quand la bibliothèque a de nouvelles dates : ce qui est déjà extrait est ignoré, et seuls les fichiers qui changent sont écrits.

C’est un modèle : ouvrez-le dans le modeleur graphique pour en faire le vôtre.</translation>
    </message>
    <message>
      <source>Extracted</source>
      <translation>Extraits</translation>
    </message>
    <message>
      <source>Extraction</source>
      <translation>Extraction</translation>
    </message>
    <message>
      <source>Extraction folder</source>
      <translation>Dossier d’extraction</translation>
    </message>
    <message>
      <source>Extraction folder: {folder}</source>
      <translation>Dossier d’extraction : {folder}</translation>
    </message>
    <message>
      <source>Extraction root</source>
      <translation>Racine des extractions</translation>
    </message>
    <message>
      <source>Extract…</source>
      <translation>Extraire…</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>En échec</translation>
    </message>
    <message>
      <source>Feb</source>
      <translation>févr.</translation>
    </message>
    <message>
      <source>Field that names the zones</source>
      <translation>Champ qui nomme les zones</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Parcelles</translation>
    </message>
    <message>
      <source>Fields: {found}; columns of the table: {wanted}.</source>
      <translation>Champs : {found} ; colonnes du tableau : {wanted}.</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Fichiers</translation>
    </message>
    <message>
      <source>Files per year, month, week or day; all (or custom): one file between the two dates; alldata: one file of all dates; none: extract only. On the command line: {names}.</source>
      <translation>Fichiers par année (yearly), mois (monthly), semaine (weekly) ou jour (daily) ; all (ou custom) : un fichier entre les deux dates ; alldata : un fichier de toutes les dates ; none : extraire seulement. En ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>Files to compile</source>
      <translation>Fichiers à compiler</translation>
    </message>
    <message>
      <source>Fill long gaps with other years</source>
      <translation>Combler les longues lacunes avec les autres années</translation>
    </message>
    <message>
      <source>Fill what a window of three dates cannot with the mean of the same season, for zones of three years or more.</source>
      <translation>Combler par la moyenne de la même saison ce qu’une fenêtre de trois dates ne peut pas combler, pour les zones suivies trois ans ou plus.</translation>
    </message>
    <message>
      <source>First</source>
      <translation>Première</translation>
    </message>
    <message>
      <source>First date</source>
      <translation>Première date</translation>
    </message>
    <message>
      <source>First day of custom; limits nothing else.</source>
      <translation>Premier jour de « custom » ; ne limite rien d’autre.</translation>
    </message>
    <message>
      <source>First day to show; empty: no limit.</source>
      <translation>Premier jour à montrer ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <source>Folder for the plots</source>
      <translation>Dossier des graphiques</translation>
    </message>
    <message>
      <source>Folder for the quicklooks</source>
      <translation>Dossier des aperçus</translation>
    </message>
    <message>
      <source>Folder for the time series</source>
      <translation>Dossier des séries temporelles</translation>
    </message>
    <message>
      <source>Folder of an extraction: NAME_CHECKSUM</source>
      <translation>Dossier d’une extraction : NOM_SOMME</translation>
    </message>
    <message>
      <source>Follow the selection</source>
      <translation>Suivre la sélection</translation>
    </message>
    <message>
      <source>For each index and cloud mask, as Sen2Chain does: plot-global, the means of all zones in one picture; plot-details, a small plot per zone with mean and standard deviation, minimum and maximum, and the share of its pixels without data (NaN ratio); plot-details with -nonan, only dates on which a zone has all its pixels. Where there are many zones, plot-details has several pages of 25, at most 8 of them.

The report is one HTML page that needs no network: an overview, a calendar of completeness, a chart per zone (up to 600 in all), and what was skipped.

The rows are those of the compiled file of all data when it is up to date, else the raw data are compiled in memory.</source>
      <translation>Pour chaque indice et masque de nuages, comme le fait Sen2Chain : plot-global, les moyennes de toutes les zones en une image ; plot-details, un petit graphique par zone avec moyenne et écart-type, minimum et maximum, et la part de ses pixels sans donnée (taux de NaN) ; plot-details avec -nonan, seulement les dates où une zone a tous ses pixels. Si les zones sont nombreuses, plot-details a plusieurs pages de 25 zones, 8 au plus.

Le rapport est une seule page HTML qui n’a pas besoin du réseau : une vue d’ensemble, un calendrier de complétude, un graphique par zone (jusqu’à 600 en tout), et ce qui a été ignoré.

Les lignes sont celles du fichier compilé de toutes les données s’il est à jour ; sinon les données brutes sont compilées en mémoire.</translation>
    </message>
    <message>
      <source>For each zone of a layer, and each acquisition, index and cloud mask of a Sen2Chain library: how many pixels are valid or without data, and the minimum, maximum, mean, standard deviation, median and quartiles of the valid ones.

The rows go to one CSV per product, in the folder tree of Sen2Chain, so that both programs can continue each other's work: what is already extracted is skipped. The layer may be of any kind and CRS; a selection is honoured.

Products that fail are named in the log and counted in FAILED; the next run tries them again.</source>
      <translation>Pour chaque zone d’une couche, et chaque acquisition, indice et masque de nuages d’une bibliothèque Sen2Chain : combien de pixels sont valides ou sans donnée, et le minimum, le maximum, la moyenne, l’écart-type, la médiane et les quartiles des pixels valides.

Les lignes vont dans un CSV par produit, dans l’arborescence de Sen2Chain, de sorte que chacun des deux programmes peut continuer le travail de l’autre : ce qui est déjà extrait est ignoré. La couche peut être de tout type et de tout SCR ; une sélection est prise en compte.

Les produits en échec sont nommés dans le journal et comptés dans FAILED ; la prochaine exécution les réessaiera.</translation>
    </message>
    <message>
      <source>For each zone, index and cloud mask, and each date on which the zone has a row: the index around the zone, with the zone's outline, what the cloud mask hides hatched over the unmasked index, and grey where there are no data; and a sheet of all dates. Where the library has the L2A of a product, its true colours too.

The names are those of Sen2Chain's extract_ql. Each zone has a folder QL_ZONE, in it one per cloud mask. The colours can be told apart with every kind of colour vision, and are the same for all zones and dates.

One picture is drawn per zone, date, index and mask: for many zones choose an index, a mask and dates.</source>
      <translation>Pour chaque zone, indice et masque de nuages, et chaque date où la zone a une ligne : l’indice autour de la zone, avec le contour de la zone, ce que cache le masque de nuages hachuré sur l’indice non masqué, et en gris ce qui est sans donnée ; et une planche de toutes les dates. Si la bibliothèque a le L2A d’un produit, ses couleurs naturelles aussi.

Les noms sont ceux d’extract_ql de Sen2Chain. Chaque zone a un dossier QL_ZONE, avec un sous-dossier par masque de nuages. Les couleurs se distinguent quelle que soit la perception des couleurs, et sont les mêmes pour toutes les zones et dates.

Une image est dessinée par zone, date, indice et masque : pour de nombreuses zones, choisissez un indice, un masque et des dates.</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>ven.</translation>
    </message>
    <message>
      <source>Further lines are in the table layer: {number}.</source>
      <translation>Autres lignes, dans la couche de la table : {number}.</translation>
    </message>
    <message>
      <source>Further lines like these: {number}.</source>
      <translation>Autres lignes semblables : {number}.</translation>
    </message>
    <message>
      <source>Further zones that are skipped likewise: {number}.</source>
      <translation>Autres zones ignorées de même : {number}.</translation>
    </message>
    <message>
      <source>GDAL cannot open it</source>
      <translation>GDAL ne peut pas l’ouvrir</translation>
    </message>
    <message>
      <source>GDAL cannot read it</source>
      <translation>GDAL ne peut pas le lire</translation>
    </message>
    <message>
      <source>GDAL did not write it</source>
      <translation>GDAL ne l’a pas écrit</translation>
    </message>
    <message>
      <source>HTML pages (*.html)</source>
      <translation>Pages HTML (*.html)</translation>
    </message>
    <message>
      <source>How many of the pixels of all zones that ever have a row were seen on each day.</source>
      <translation>Part des pixels, parmi toutes les zones qui ont au moins une ligne, qui ont été vus chaque jour.</translation>
    </message>
    <message>
      <source>How many rasters are read at once; 0: one per processor core, up to 8. The result is the same.</source>
      <translation>Nombre de rasters lus en même temps ; 0 : un par cœur du processeur, jusqu’à 8. Le résultat est le même.</translation>
    </message>
    <message>
      <source>How much to show around a zone, in metres.</source>
      <translation>Largeur de ce qui est montré autour d’une zone, en mètres.</translation>
    </message>
    <message>
      <source>If the job exists</source>
      <translation>Si le travail existe</translation>
    </message>
    <message>
      <source>In the folder job_NAME of the library's log folder.</source>
      <translation>Dans le dossier job_NOM du dossier des journaux de la bibliothèque.</translation>
    </message>
    <message>
      <source>Index</source>
      <translation>Indice</translation>
    </message>
    <message>
      <source>Indices</source>
      <translation>Indices</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>Interrompu</translation>
    </message>
    <message>
      <source>Inventory</source>
      <translation>Inventaire</translation>
    </message>
    <message>
      <source>Inventory: {name}</source>
      <translation>Inventaire : {name}</translation>
    </message>
    <message>
      <source>Jan</source>
      <translation>janv.</translation>
    </message>
    <message>
      <source>Job</source>
      <translation>Travail</translation>
    </message>
    <message>
      <source>Job file</source>
      <translation>Fichier de travail</translation>
    </message>
    <message>
      <source>Job {name}</source>
      <translation>Travail {name}</translation>
    </message>
    <message>
      <source>Job {name} cannot be scheduled: another job of this name already is, {job} of the library {library}. Give this one another name, or take that one out of the schedule first: 'Schedule a job' with the action remove.</source>
      <translation>Le travail {name} ne peut pas être planifié : un autre travail de ce nom l’est déjà, {job} de la bibliothèque {library}. Donnez un autre nom à celui-ci, ou retirez d’abord l’autre de la planification : « Planifier un travail » avec l’action remove.</translation>
    </message>
    <message>
      <source>Job {name} failed in task {tasks} (products: {products}, steps: {steps}). Everything else was done. Log: {log}</source>
      <translation>Échec du travail {name}, tâche {tasks} (produits : {products}, étapes : {steps}). Tout le reste a été fait. Journal : {log}</translation>
    </message>
    <message>
      <source>Job {name} has ended well.</source>
      <translation>Le travail {name} s’est bien terminé.</translation>
    </message>
    <message>
      <source>Job {name} has no task to run.</source>
      <translation>Le travail {name} n’a aucune tâche à exécuter.</translation>
    </message>
    <message>
      <source>Job {name} is already running (host {host}, process {pid}, since {since}): this run is skipped.</source>
      <translation>Le travail {name} est déjà en cours (machine {host}, processus {pid}, depuis {since}) : cette exécution est ignorée.</translation>
    </message>
    <message>
      <source>Job {name} is disabled: its line ({timing}) is commented.</source>
      <translation>Le travail {name} est désactivé : sa ligne ({timing}) est en commentaire.</translation>
    </message>
    <message>
      <source>Job {name} is enabled: {timing}; next run: {next}.</source>
      <translation>Le travail {name} est activé : {timing} ; prochaine exécution : {next}.</translation>
    </message>
    <message>
      <source>Job {name} is not scheduled.</source>
      <translation>Le travail {name} n’est pas planifié.</translation>
    </message>
    <message>
      <source>Job {name} is not scheduled; enable it first.</source>
      <translation>Le travail {name} n’est pas planifié ; activez-le d’abord.</translation>
    </message>
    <message>
      <source>Job {name} would fail in task {tasks}; the messages above say why.</source>
      <translation>Le travail {name} échouerait à la tâche {tasks} ; les messages ci-dessus disent pourquoi.</translation>
    </message>
    <message>
      <source>Job {name}: what a run would do; nothing is written.</source>
      <translation>Travail {name} : ce que ferait une exécution ; rien n’est écrit.</translation>
    </message>
    <message>
      <source>Job {name}: {path}</source>
      <translation>Travail {name} : {path}</translation>
    </message>
    <message>
      <source>Job {name}: {problem}</source>
      <translation>Travail {name} : {problem}</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Travaux</translation>
    </message>
    <message>
      <source>Jobs of Sen2Chain</source>
      <translation>Travaux de Sen2Chain</translation>
    </message>
    <message>
      <source>Jul</source>
      <translation>juil.</translation>
    </message>
    <message>
      <source>Jun</source>
      <translation>juin</translation>
    </message>
    <message>
      <source>Keep a log of each run</source>
      <translation>Garder un journal de chaque exécution</translation>
    </message>
    <message>
      <source>Known to have no rows</source>
      <translation>Sans ligne, déjà connus</translation>
    </message>
    <message>
      <source>Known to have no rows: an earlier run found no valid pixel in any zone. Skipped.</source>
      <translation>Sans ligne, déjà connus : une exécution antérieure n’a trouvé aucun pixel valide dans aucune zone. Ignorés.</translation>
    </message>
    <message>
      <source>Last</source>
      <translation>Dernière</translation>
    </message>
    <message>
      <source>Last date</source>
      <translation>Dernière date</translation>
    </message>
    <message>
      <source>Last day of custom; limits nothing else.</source>
      <translation>Dernier jour de « custom » ; ne limite rien d’autre.</translation>
    </message>
    <message>
      <source>Last day to show; empty: no limit.</source>
      <translation>Dernier jour à montrer ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Dernière exécution</translation>
    </message>
    <message>
      <source>Leave out products that are clearer than this; those of unknown cover are kept.</source>
      <translation>Écarter les produits moins nuageux que cette valeur ; ceux dont la couverture est inconnue sont gardés.</translation>
    </message>
    <message>
      <source>Leave out products that are cloudier than this; those of unknown cover are kept.</source>
      <translation>Écarter les produits plus nuageux que cette valeur ; ceux dont la couverture est inconnue sont gardés.</translation>
    </message>
    <message>
      <source>Left and right go from observation to observation, up and down from zone to zone, Enter takes the map to the date. Page up and down show another zone, Shift and arrows move, plus and minus zoom, 0 shows everything. The table has the same values.</source>
      <translation>Gauche et droite vont d’une observation à l’autre, haut et bas d’une zone à l’autre, Entrée amène la carte à la date. Page précédente et suivante montrent une autre zone, Maj et les flèches déplacent, plus et moins zooment, 0 montre tout. Le tableau contient les mêmes valeurs.</translation>
    </message>
    <message>
      <source>Left to extract</source>
      <translation>Reste à extraire</translation>
    </message>
    <message>
      <source>Left to extract; without a layer, all</source>
      <translation>Reste à extraire ; sans couche, tous</translation>
    </message>
    <message>
      <source>Legend</source>
      <translation>Légende</translation>
    </message>
    <message>
      <source>Less than the window.</source>
      <translation>Plus petit que la fenêtre.</translation>
    </message>
    <message>
      <source>Library</source>
      <translation>Bibliothèque</translation>
    </message>
    <message>
      <source>Lines {first} to {last} of {all}.</source>
      <translation>Lignes {first} à {last} sur {all}.</translation>
    </message>
    <message>
      <source>Lists what a Sen2Chain library has for a layer, and what is already extracted of it.</source>
      <translation>Liste ce qu’une bibliothèque Sen2Chain possède pour une couche, et ce qui en est déjà extrait.</translation>
    </message>
    <message>
      <source>Load the zones of this extraction as a layer</source>
      <translation>Charger les zones de cette extraction comme couche</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <source>Looking at {folder}…</source>
      <translation>Examen de {folder}…</translation>
    </message>
    <message>
      <source>Make a sample library</source>
      <translation>Créer une bibliothèque d’exemple</translation>
    </message>
    <message>
      <source>Make a sample library…</source>
      <translation>Créer une bibliothèque d’exemple…</translation>
    </message>
    <message>
      <source>Makes a small Sen2Chain library with clouds, and a layer of fields, to learn and test with.</source>
      <translation>Crée une petite bibliothèque Sen2Chain avec des nuages, et une couche de parcelles, pour apprendre et tester.</translation>
    </message>
    <message>
      <source>Mar</source>
      <translation>mars</translation>
    </message>
    <message>
      <source>Margin around the zones (m)</source>
      <translation>Marge autour des zones (m)</translation>
    </message>
    <message>
      <source>Masked rasters</source>
      <translation>Rasters masqués</translation>
    </message>
    <message>
      <source>Masked rasters per day of acquisition, over all tiles, indices and masks.</source>
      <translation>Rasters masqués par jour d’acquisition, toutes tuiles, tous indices et tous masques confondus.</translation>
    </message>
    <message>
      <source>Masks present</source>
      <translation>Masques présents</translation>
    </message>
    <message>
      <source>Maximum</source>
      <translation>Maximum</translation>
    </message>
    <message>
      <source>Maximum cloud cover of a product (%)</source>
      <translation>Couverture nuageuse maximale d’un produit (%)</translation>
    </message>
    <message>
      <source>Maximum cloud cover of the extraction (%)</source>
      <translation>Couverture nuageuse maximale de l’extraction (%)</translation>
    </message>
    <message>
      <source>Maximum share of pixels without data</source>
      <translation>Part maximale de pixels sans donnée</translation>
    </message>
    <message>
      <source>May</source>
      <translation>mai</translation>
    </message>
    <message>
      <source>Mean</source>
      <translation>Moyenne</translation>
    </message>
    <message>
      <source>Mean and quartiles of each zone, on the same scales. A hollow point is a date on which only a part of the zone was seen; the stronger a mark below, the more of the zone was seen.</source>
      <translation>Moyenne et quartiles de chaque zone, aux mêmes échelles. Un point creux est une date où une partie seulement de la zone a été vue ; plus un repère sous la courbe est foncé, plus la part vue de la zone est grande.</translation>
    </message>
    <message>
      <source>Mean {mean:.3f}, quartiles {percentile_25:.3f} to {percentile_75:.3f}</source>
      <translation>Moyenne {mean:.3f}, quartiles {percentile_25:.3f} à {percentile_75:.3f}</translation>
    </message>
    <message>
      <source>Median</source>
      <translation>Médiane</translation>
    </message>
    <message>
      <source>Median of the means</source>
      <translation>Médiane des moyennes</translation>
    </message>
    <message>
      <source>Median of the zones' means, on days when at least a fifth of them was seen; the band holds 80 % of them.</source>
      <translation>Médiane des moyennes des zones, les jours où au moins un cinquième d’entre elles a été vu ; la bande en contient 80 %.</translation>
    </message>
    <message>
      <source>Minimum</source>
      <translation>Minimum</translation>
    </message>
    <message>
      <source>Minimum and maximum</source>
      <translation>Minimum et maximum</translation>
    </message>
    <message>
      <source>Minimum cloud cover of a product (%)</source>
      <translation>Couverture nuageuse minimale d’un produit (%)</translation>
    </message>
    <message>
      <source>Missing mask</source>
      <translation>Masque manquant</translation>
    </message>
    <message>
      <source>Missing masks</source>
      <translation>Masques manquants</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>lun.</translation>
    </message>
    <message>
      <source>NaN ratio (right axis)</source>
      <translation>Taux de NaN (axe de droite)</translation>
    </message>
    <message>
      <source>Name of a cloud mask, such as {forms} (OCM: the newest version that a product has).</source>
      <translation>Nom d’un masque de nuages, tel que {forms} (OCM : la version la plus récente qu’un produit possède).</translation>
    </message>
    <message>
      <source>Name of the job</source>
      <translation>Nom du travail</translation>
    </message>
    <message>
      <source>Named in config.cfg but not found, default folders used instead: {paths}.</source>
      <translation>Indiqués dans config.cfg mais introuvables, dossiers par défaut utilisés à la place : {paths}.</translation>
    </message>
    <message>
      <source>Names of cloud masks to compile, separated by / or a comma; empty: all that were extracted.</source>
      <translation>Noms des masques de nuages à compiler, séparés par / ou une virgule ; vide : tous ceux qui ont été extraits.</translation>
    </message>
    <message>
      <source>Names of cloud masks to show, separated by / or a comma; empty: all that were extracted.</source>
      <translation>Noms des masques de nuages à montrer, séparés par / ou une virgule ; vide : tous ceux qui ont été extraits.</translation>
    </message>
    <message>
      <source>Names of cloud masks, separated by / or a comma, such as CM001, CM003-PRB1-ITER5, OCM.</source>
      <translation>Noms de masques de nuages, séparés par / ou une virgule, tels que CM001, CM003-PRB1-ITER5, OCM.</translation>
    </message>
    <message>
      <source>Names of cloud masks, separated by / or a comma, such as {forms} (OCM: the newest version that a product has).</source>
      <translation>Noms de masques de nuages, séparés par / ou une virgule, tels que {forms} (OCM : la version la plus récente qu’un produit possède).</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Nouveaux</translation>
    </message>
    <message>
      <source>New job…</source>
      <translation>Nouveau travail…</translation>
    </message>
    <message>
      <source>Next run</source>
      <translation>Prochaine exécution</translation>
    </message>
    <message>
      <source>Next zone</source>
      <translation>Zone suivante</translation>
    </message>
    <message>
      <source>No Dask cluster at {address}: {reason}. Start its scheduler and workers, or leave DASK_SCHEDULER empty.</source>
      <translation>Pas de cluster Dask à l’adresse {address} : {reason}. Démarrez son scheduler et ses workers, ou laissez DASK_SCHEDULER vide.</translation>
    </message>
    <message>
      <source>No Sen2Chain library found; looked at: {places}. Give the library: a data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg.</source>
      <translation>Aucune bibliothèque Sen2Chain trouvée ; cherché dans : {places}. Indiquez la bibliothèque : un dossier de données (il contient INDICES), ou un dossier qui contient sen2chain_data/config/config.cfg.</translation>
    </message>
    <message>
      <source>No cloud probability raster for {file}: cldprb stays empty.</source>
      <translation>Pas de raster de probabilité de nuage pour {file} : cldprb reste vide.</translation>
    </message>
    <message>
      <source>No product of this selection on the tiles of the layer: nothing to do.</source>
      <translation>Aucun produit de cette sélection sur les tuiles de la couche : rien à faire.</translation>
    </message>
    <message>
      <source>No product of {indices} in {library} has the cloud mask {masks}. Cloud masks found there: {there}.</source>
      <translation>Aucun produit de {indices} dans {library} n’a le masque de nuages {masks}. Masques de nuages présents : {there}.</translation>
    </message>
    <message>
      <source>No product with a cloud mask in these dates.</source>
      <translation>Aucun produit avec masque de nuages à ces dates.</translation>
    </message>
    <message>
      <source>No row for {index}: no file.</source>
      <translation>Aucune ligne pour {index} : pas de fichier.</translation>
    </message>
    <message>
      <source>No unmasked raster for {file}: nbcld stays empty.</source>
      <translation>Pas de raster non masqué pour {file} : nbcld reste vide.</translation>
    </message>
    <message>
      <source>No zone of {layer} meets a tile of the library {library} (tiles looked at: {tiles}). Check the CRS of the layer, or choose another library.</source>
      <translation>Aucune zone de {layer} n’intersecte une tuile de la bibliothèque {library} (tuiles examinées : {tiles}). Vérifiez le SCR de la couche, ou choisissez une autre bibliothèque.</translation>
    </message>
    <message>
      <source>Not all was copied to {target} within {hours} hours, and the copy was ended. The next run goes on from there.</source>
      <translation>Tout n’a pas pu être copié vers {target} en {hours} heures, et la copie a été arrêtée. La prochaine exécution reprendra à ce point.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: a file could not be written there ({reason}). Its disk may be full or damaged; the next run goes on.</source>
      <translation>Tout n’a pas été copié vers {target} : un fichier n’a pas pu y être écrit ({reason}). Le disque du serveur est peut-être plein ou endommagé ; la prochaine exécution continuera.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: no space left there ({reason}). Make room; the next run goes on.</source>
      <translation>Tout n’a pas été copié vers {target} : il n’y reste plus de place ({reason}). Libérez-y de l’espace ; la prochaine exécution continuera.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: the connection was cut ({reason}). The next run goes on from there.</source>
      <translation>Tout n’a pas été copié vers {target} : la connexion a été coupée ({reason}). La prochaine exécution reprendra à ce point.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: {reason}. Results are kept here; the next run copies them.</source>
      <translation>Tout n’a pas été copié vers {target} : {reason}. Les résultats sont gardés ici ; la prochaine exécution les copiera.</translation>
    </message>
    <message>
      <source>Not copied to {target}: the key of {host} is not known here, or has changed ({reason}). Connect once by hand with ssh, check the key, and run again.</source>
      <translation>Rien n’a été copié vers {target} : la clé de {host} n’est pas connue ici, ou a changé ({reason}). Connectez-vous une fois à la main avec ssh, vérifiez la clé, et relancez.</translation>
    </message>
    <message>
      <source>Not copied to {target}: {host} does not answer ({reason}). Results are kept here; the next run copies them.</source>
      <translation>Rien n’a été copié vers {target} : {host} ne répond pas ({reason}). Les résultats sont gardés ici ; la prochaine exécution les copiera.</translation>
    </message>
    <message>
      <source>Not copied to {target}: {host} refused the login without a password ({reason}). Put the public key of this account there (ssh-copy-id), and run again.</source>
      <translation>Rien n’a été copié vers {target} : {host} a refusé la connexion sans mot de passe ({reason}). Mettez-y la clé publique de ce compte (ssh-copy-id), et relancez.</translation>
    </message>
    <message>
      <source>Not scheduled</source>
      <translation>Non planifié</translation>
    </message>
    <message>
      <source>Not written: {path} is a link that leads out of {root}, to {target}. Remove the link and run again.</source>
      <translation>Non écrit : {path} est un lien qui mène hors de {root}, vers {target}. Supprimez le lien et relancez.</translation>
    </message>
    <message>
      <source>Nothing was found here: there is no masked index product.</source>
      <translation>Rien n’a été trouvé ici : il n’y a aucun produit d’indice masqué.</translation>
    </message>
    <message>
      <source>Nov</source>
      <translation>nov.</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Numéro</translation>
    </message>
    <message>
      <source>Number of files</source>
      <translation>Nombre de fichiers</translation>
    </message>
    <message>
      <source>Number of pictures</source>
      <translation>Nombre d’images</translation>
    </message>
    <message>
      <source>Number of rasters that failed</source>
      <translation>Nombre de rasters en échec</translation>
    </message>
    <message>
      <source>Number of rows</source>
      <translation>Nombre de lignes</translation>
    </message>
    <message>
      <source>Number of sheets</source>
      <translation>Nombre de planches</translation>
    </message>
    <message>
      <source>Observations</source>
      <translation>Observations</translation>
    </message>
    <message>
      <source>Oct</source>
      <translation>oct.</translation>
    </message>
    <message>
      <source>On the command line: {names}.</source>
      <translation>En ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>Only say what would be done</source>
      <translation>Indiquer seulement ce qui serait fait</translation>
    </message>
    <message>
      <source>Open the log of the last run</source>
      <translation>Ouvrir le journal de la dernière exécution</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>Options</translation>
    </message>
    <message>
      <source>Options…</source>
      <translation>Options…</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Degré</translation>
    </message>
    <message>
      <source>Order of the polynomials, less than the window.</source>
      <translation>Degré des polynômes, plus petit que la fenêtre.</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>Résultat</translation>
    </message>
    <message>
      <source>Overview</source>
      <translation>Vue d’ensemble</translation>
    </message>
    <message>
      <source>Per month</source>
      <translation>Par mois</translation>
    </message>
    <message>
      <source>Periods</source>
      <translation>Périodes</translation>
    </message>
    <message>
      <source>Pick zones on the map</source>
      <translation>Choisir des zones sur la carte</translation>
    </message>
    <message>
      <source>Pick zones on the map, or select features of the layer that was extracted.</source>
      <translation>Choisissez des zones sur la carte, ou sélectionnez des entités de la couche qui a été extraite.</translation>
    </message>
    <message>
      <source>Pictures need the Python package matplotlib, which is not installed for this Python ({reason}). Install it: {install}</source>
      <translation>Les images nécessitent le paquet Python matplotlib, qui n’est pas installé pour ce Python ({reason}). Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Pictures: {files}</source>
      <translation>Images : {files}</translation>
    </message>
    <message>
      <source>Pictures: {pictures}, zones: {zones}, products: {products}.</source>
      <translation>Images : {pictures}, zones : {zones}, produits : {products}.</translation>
    </message>
    <message>
      <source>Pixels of 10 m per side of each raster, 64 to 10980 (a full tile). Odd numbers are rounded up.</source>
      <translation>Nombre de pixels de 10 m par côté de chaque raster, de 64 à 10980 (une tuile entière). Les nombres impairs sont arrondis au nombre pair supérieur.</translation>
    </message>
    <message>
      <source>Pixels per side</source>
      <translation>Pixels par côté</translation>
    </message>
    <message>
      <source>Pixels seen</source>
      <translation>Pixels vus</translation>
    </message>
    <message>
      <source>Pixels: {count:.0f} valid, {nodata:.0f} without data</source>
      <translation>Pixels valides : {count:.0f}, sans donnée : {nodata:.0f}</translation>
    </message>
    <message>
      <source>Play these dates on the map</source>
      <translation>Parcourir ces dates sur la carte</translation>
    </message>
    <message>
      <source>Plot time series</source>
      <translation>Tracer les séries temporelles</translation>
    </message>
    <message>
      <source>Plots</source>
      <translation>Graphiques</translation>
    </message>
    <message>
      <source>Previous zone</source>
      <translation>Zone précédente</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>Produit</translation>
    </message>
    <message>
      <source>Product {done} of {all}: {file}, rows: {rows}</source>
      <translation>Produit {done} sur {all} : {file}, lignes : {rows}</translation>
    </message>
    <message>
      <source>Product {number} of {count}: {product}</source>
      <translation>Produit {number} sur {count} : {product}</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produits</translation>
    </message>
    <message>
      <source>Products of a tile and index that lack a mask that others have: Extract skips them.</source>
      <translation>Produits d’une tuile et d’un indice auxquels manque un masque que d’autres possèdent : Extraire ne les traite pas.</translation>
    </message>
    <message>
      <source>Products without a true colour picture in the L2A of the library: {number} of {products}.</source>
      <translation>Produits sans image en couleurs naturelles dans le L2A de la bibliothèque : {number} sur {products}.</translation>
    </message>
    <message>
      <source>Products without a valid pixel in any zone: {number} ({days})</source>
      <translation>Produits sans aucun pixel valide dans aucune zone : {number} ({days})</translation>
    </message>
    <message>
      <source>Products without row</source>
      <translation>Produits sans ligne</translation>
    </message>
    <message>
      <source>Products: {PRODUCTS}, of which {EXTRACTED} extracted, {SKIPPED} already done, {EMPTY} without data, {FAILED} failed. Rows: {ROWS}.</source>
      <translation>Produits : {PRODUCTS}, dont extraits : {EXTRACTED}, déjà faits : {SKIPPED}, sans donnée : {EMPTY}, en échec : {FAILED}. Lignes : {ROWS}.</translation>
    </message>
    <message>
      <source>Quicklooks</source>
      <translation>Aperçus (quicklooks)</translation>
    </message>
    <message>
      <source>Radiometric indices to compile; empty: all that were extracted. On the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques à compiler ; vide : tous ceux qui ont été extraits. En ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices to show; empty: all that were extracted. On the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques à montrer ; vide : tous ceux qui ont été extraits. En ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices; empty: all that the library has. On the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques ; vide : tous ceux de la bibliothèque. En ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices; on the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques ; en ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices; on the command line: {names}.</source>
      <translation>Indices radiométriques ; en ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>Rasters</source>
      <translation>Rasters</translation>
    </message>
    <message>
      <source>Raw files that this plugin has no note of are read once.</source>
      <translation>Les fichiers bruts dont cette extension n’a pas trace sont lus une fois.</translation>
    </message>
    <message>
      <source>Reading {path} needs GDAL's Python bindings, or the package pyogrio that comes with geopandas; this Python has neither ({reason}). Install one: {install}</source>
      <translation>Lire {path} nécessite les liaisons Python de GDAL, ou le paquet pyogrio fourni avec geopandas ; ce Python n’a ni l’un ni l’autre ({reason}). Pour en installer un : {install}</translation>
    </message>
    <message>
      <source>Refresh</source>
      <translation>Actualiser</translation>
    </message>
    <message>
      <source>Remember library and cloud masks of the last run</source>
      <translation>Retenir la bibliothèque et les masques de nuages de la dernière exécution</translation>
    </message>
    <message>
      <source>Remove job {name}? It no longer runs, and its file is deleted. Its logs and its results stay.</source>
      <translation>Supprimer le travail {name} ? Il ne s’exécutera plus, et son fichier sera effacé. Ses journaux et ses résultats restent.</translation>
    </message>
    <message>
      <source>Removed {path}: it no longer has rows, or a newer file replaces it.</source>
      <translation>{path} supprimé : il n’a plus de ligne, ou un fichier plus récent le remplace.</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Supprimer…</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Rows from: {file}</source>
      <translation>Lignes issues de : {file}</translation>
    </message>
    <message>
      <source>Rows of {file}: {rows} instead of {known}; computed again.</source>
      <translation>Lignes de {file} : {rows} au lieu de {known} ; recalculé.</translation>
    </message>
    <message>
      <source>Rows with more pixels without data than this are not used.</source>
      <translation>Les lignes qui ont plus de pixels sans donnée que cette valeur ne sont pas utilisées.</translation>
    </message>
    <message>
      <source>Run a job</source>
      <translation>Exécuter un travail</translation>
    </message>
    <message>
      <source>Run by itself, at its timing</source>
      <translation>Exécuter automatiquement, à l’horaire prévu</translation>
    </message>
    <message>
      <source>Run now</source>
      <translation>Exécuter maintenant</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <source>Runs a job now: extracts, compiles and copies each of its tasks.</source>
      <translation>Exécute un travail maintenant : extrait, compile et copie chacune de ses tâches.</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>Save a job</source>
      <translation>Enregistrer un travail</translation>
    </message>
    <message>
      <source>Save the chart as PNG…</source>
      <translation>Enregistrer le graphique en PNG…</translation>
    </message>
    <message>
      <source>Save the chart as SVG…</source>
      <translation>Enregistrer le graphique en SVG…</translation>
    </message>
    <message>
      <source>Save the values as CSV…</source>
      <translation>Enregistrer les valeurs en CSV…</translation>
    </message>
    <message>
      <source>Saved {path}</source>
      <translation>{path} enregistré</translation>
    </message>
    <message>
      <source>Saves what to extract, compile and copy as a job that can run every night.</source>
      <translation>Enregistre ce qu’il faut extraire, compiler et copier sous forme d’un travail qui peut s’exécuter chaque nuit.</translation>
    </message>
    <message>
      <source>Say in the log how many products of each tile would be extracted, which files would be written and what would be copied, and do nothing.</source>
      <translation>Indiquer dans le journal combien de produits de chaque tuile seraient extraits, quels fichiers seraient écrits et ce qui serait copié, et ne rien faire.</translation>
    </message>
    <message>
      <source>Schedule a job</source>
      <translation>Planifier un travail</translation>
    </message>
    <message>
      <source>Schedules a job, so that it runs by itself, or says how it stands.</source>
      <translation>Planifie un travail, pour qu’il s’exécute tout seul, ou indique où il en est.</translation>
    </message>
    <message>
      <source>See what a run would do…</source>
      <translation>Voir ce que ferait une exécution…</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>Graine</translation>
    </message>
    <message>
      <source>Sen2Chain library</source>
      <translation>Bibliothèque Sen2Chain</translation>
    </message>
    <message>
      <source>Sen2Chain library that dialogs offer</source>
      <translation>Bibliothèque Sen2Chain proposée par les fenêtres de traitement</translation>
    </message>
    <message>
      <source>Sen2Chain time series</source>
      <translation>Séries temporelles Sen2Chain</translation>
    </message>
    <message>
      <source>Sen2Chain time series: reading rasters</source>
      <translation>Séries temporelles Sen2Chain : lecture des rasters</translation>
    </message>
    <message>
      <source>Sen2Chain's own line for a job {name} is in the crontab too, and runs by itself. So that the job does not run twice, stop that one: JobExtraction("{name}").cron_disable() in Python with Sen2Chain.</source>
      <translation>La ligne de Sen2Chain lui-même pour un travail {name} est aussi dans la crontab, et s’exécute toute seule. Pour que le travail ne s’exécute pas deux fois, arrêtez celle-là : JobExtraction("{name}").cron_disable() en Python avec Sen2Chain.</translation>
    </message>
    <message>
      <source>Sen2Chain's own line for a job {name} is in the crontab too, commented.</source>
      <translation>La ligne de Sen2Chain lui-même pour un travail {name} est aussi dans la crontab, en commentaire.</translation>
    </message>
    <message>
      <source>Sep</source>
      <translation>sept.</translation>
    </message>
    <message>
      <source>Set the temporal controller to the dates in view. Click a point to go to its date</source>
      <translation>Régler le contrôleur temporel sur les dates visibles. Cliquez sur un point pour aller à sa date</translation>
    </message>
    <message>
      <source>Show all dates and values</source>
      <translation>Montrer toutes les dates et toutes les valeurs</translation>
    </message>
    <message>
      <source>Show the extraction of the last run</source>
      <translation>Montrer l’extraction de la dernière exécution</translation>
    </message>
    <message>
      <source>Show the zones of the features that are selected in any layer that has the same geometries</source>
      <translation>Montrer les zones des entités sélectionnées dans toute couche qui a les mêmes géométries</translation>
    </message>
    <message>
      <source>Skipped</source>
      <translation>Ignorés</translation>
    </message>
    <message>
      <source>Skipped items, and files</source>
      <translation>Éléments ignorés, et fichiers</translation>
    </message>
    <message>
      <source>Smooth</source>
      <translation>Lisser</translation>
    </message>
    <message>
      <source>Smooth the time series</source>
      <translation>Lisser les séries temporelles</translation>
    </message>
    <message>
      <source>Smoothed line</source>
      <translation>Courbe lissée</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>Lissage</translation>
    </message>
    <message>
      <source>Smoothing needs the Python package scipy, which is not installed for this Python ({reason}). Install it, or run without smoothing. To install it: {install}</source>
      <translation>Le lissage nécessite le paquet Python scipy, qui n’est pas installé pour ce Python ({reason}). Installez-le, ou lancez sans lissage. Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Smoothing: fill long gaps with other years</source>
      <translation>Lissage : combler les longues lacunes avec les autres années</translation>
    </message>
    <message>
      <source>Smoothing: maximum share of pixels without data (%)</source>
      <translation>Lissage : part maximale de pixels sans donnée (%)</translation>
    </message>
    <message>
      <source>Smoothing: order of the polynomials</source>
      <translation>Lissage : degré des polynômes</translation>
    </message>
    <message>
      <source>Smoothing: window (dates of 5 days)</source>
      <translation>Lissage : fenêtre (en dates de 5 jours)</translation>
    </message>
    <message>
      <source>Smoothing…</source>
      <translation>Lissage…</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <source>Standard deviation</source>
      <translation>Écart-type</translation>
    </message>
    <message>
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Arrêter</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Arrêté</translation>
    </message>
    <message>
      <source>Succeeded</source>
      <translation>Réussi</translation>
    </message>
    <message>
      <source>Table of all rows</source>
      <translation>Table de toutes les lignes</translation>
    </message>
    <message>
      <source>Table of the inventory</source>
      <translation>Table de l’inventaire</translation>
    </message>
    <message>
      <source>Table of the new rows</source>
      <translation>Table des nouvelles lignes</translation>
    </message>
    <message>
      <source>Table of the time series</source>
      <translation>Table des séries temporelles</translation>
    </message>
    <message>
      <source>Table of the values</source>
      <translation>Tableau des valeurs</translation>
    </message>
    <message>
      <source>Tables need the Python package pandas, which is not installed for this Python ({reason}). Install it: {install}</source>
      <translation>Les tables nécessitent le paquet Python pandas, qui n’est pas installé pour ce Python ({reason}). Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Take task {number} out of job {name}?</source>
      <translation>Retirer la tâche {number} du travail {name} ?</translation>
    </message>
    <message>
      <source>Take that task out</source>
      <translation>Retirer cette tâche</translation>
    </message>
    <message>
      <source>Take the task of that number out of the job.</source>
      <translation>Retirer du travail la tâche de ce numéro.</translation>
    </message>
    <message>
      <source>Task to change</source>
      <translation>Tâche à modifier</translation>
    </message>
    <message>
      <source>Task {number} cannot run: {problem}</source>
      <translation>La tâche {number} ne peut pas s’exécuter : {problem}</translation>
    </message>
    <message>
      <source>Task {number} is commented: complete it, and remove the ! before it.</source>
      <translation>La tâche {number} est en commentaire : complétez-la, et enlevez le ! qui la précède.</translation>
    </message>
    <message>
      <source>Task {number} is to be copied, but compiles no file: nothing will be copied.</source>
      <translation>La tâche {number} doit être copiée, mais ne compile aucun fichier : rien ne sera copié.</translation>
    </message>
    <message>
      <source>Task {number} names no layer, no index or no cloud mask: nothing to do.</source>
      <translation>La tâche {number} ne nomme pas de couche, d’indice ou de masque de nuages : rien à faire.</translation>
    </message>
    <message>
      <source>Task {number}, damaged raw files, left out of what was compiled: {count}. They are named above. The next run makes them anew, but for those of dates that the task no longer asks for: run Extract on these dates.</source>
      <translation>Tâche {number}, fichiers bruts endommagés, écartés de ce qui a été compilé : {count}. Ils sont nommés plus haut. La prochaine exécution les refait, sauf ceux de dates que la tâche ne demande plus : lancez Extraire sur ces dates.</translation>
    </message>
    <message>
      <source>Task {number}, products: {extracted} extracted, {skipped} already done, {empty} without rows, {failed} failed.</source>
      <translation>Tâche {number}, produits extraits : {extracted}, déjà faits : {skipped}, sans ligne : {empty}, en échec : {failed}.</translation>
    </message>
    <message>
      <source>Task {number}: compiling {period} failed: {problem}</source>
      <translation>Tâche {number} : échec de la compilation de {period} : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: copied to {target}, files: {sent}.</source>
      <translation>Tâche {number} : copie vers {target}, fichiers : {sent}.</translation>
    </message>
    <message>
      <source>Task {number}: nothing is compiled, so there is nothing to copy.</source>
      <translation>Tâche {number} : rien n’est compilé, il n’y a donc rien à copier.</translation>
    </message>
    <message>
      <source>Task {number}: the copy failed: {problem}</source>
      <translation>Tâche {number} : échec de la copie : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: the extraction failed: {problem}</source>
      <translation>Tâche {number} : échec de l’extraction : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: {layer}</source>
      <translation>Tâche {number} : {layer}</translation>
    </message>
    <message>
      <source>Task {number}: {layer}, {first} to {last}, {indices}, {masks}.</source>
      <translation>Tâche {number} : {layer}, du {first} au {last}, {indices}, {masks}.</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Tâches</translation>
    </message>
    <message>
      <source>The .aux.xml sidecar of {file} is missing or names another nodata value; nodata is 16383, as ever.</source>
      <translation>Le fichier annexe .aux.xml de {file} est absent ou indique une autre valeur nodata ; la valeur nodata est 16383, comme toujours.</translation>
    </message>
    <message>
      <source>The Dask scheduler at {address} no longer answers. What was done is kept; run again to go on from there.</source>
      <translation>Le scheduler Dask à l’adresse {address} ne répond plus. Ce qui a été fait est gardé ; relancez pour reprendre à ce point.</translation>
    </message>
    <message>
      <source>The Dask workers at {address} cannot load the engine ({reason}). Put the folder that holds sen2chain_ts_plugin on their PYTHONPATH, and install numpy and rasterio for them.</source>
      <translation>Les workers Dask à l’adresse {address} ne peuvent pas charger le moteur ({reason}). Mettez le dossier qui contient sen2chain_ts_plugin dans leur PYTHONPATH, et installez numpy et rasterio pour eux.</translation>
    </message>
    <message>
      <source>The Windows Task Scheduler cannot follow '{timing}': too many moments a day without a regular interval. Choose a simpler timing, such as */15 * * * *.</source>
      <translation>Le Planificateur de tâches de Windows ne peut pas suivre « {timing} » : trop d’instants par jour sans intervalle régulier. Choisissez un horaire plus simple, tel que */15 * * * *.</translation>
    </message>
    <message>
      <source>The attributes of {layer} are not those that this extraction began with, although its shapefile is the same (names of more than 10 characters, texts of more than 254): rows that are already extracted keep the old ones. To renew them, extract again what is already extracted.</source>
      <translation>Les attributs de {layer} ne sont pas ceux avec lesquels cette extraction a commencé, bien que son shapefile soit le même (noms de plus de 10 caractères, textes de plus de 254) : les lignes déjà extraites gardent les anciens. Pour les renouveler, extrayez de nouveau ce qui est déjà extrait.</translation>
    </message>
    <message>
      <source>The chart needs the Python package matplotlib, 3.5 or later ({reason}). Debian, Ubuntu: apt install python3-matplotlib. Windows: OSGeo4W setup, advanced install, python3-matplotlib. conda: conda install matplotlib. The table of values works without it.</source>
      <translation>Le graphique nécessite le paquet Python matplotlib, version 3.5 ou plus récente ({reason}). Debian, Ubuntu : apt install python3-matplotlib. Windows : installateur OSGeo4W, installation avancée, python3-matplotlib. conda : conda install matplotlib. Le tableau des valeurs fonctionne sans lui.</translation>
    </message>
    <message>
      <source>The copy needs {program}, which is not installed (Debian, Ubuntu: apt install rsync openssh-client).</source>
      <translation>La copie nécessite {program}, qui n’est pas installé (Debian, Ubuntu : apt install rsync openssh-client).</translation>
    </message>
    <message>
      <source>The folder NAME_CHECKSUM that Extract or Sen2Chain made; it holds raw_data.</source>
      <translation>Le dossier NOM_SOMME créé par Extraire ou par Sen2Chain ; il contient raw_data.</translation>
    </message>
    <message>
      <source>The folder in which the extraction folder NAME_CHECKSUM is found or made. Empty: the extraction folder of the library.</source>
      <translation>Le dossier dans lequel le dossier d’extraction NOM_SOMME est cherché ou créé. Vide : le dossier des extractions de la bibliothèque.</translation>
    </message>
    <message>
      <source>The job now says {timing}: enable it again to follow it.</source>
      <translation>Le travail indique maintenant l’horaire {timing} : activez-le à nouveau pour que la planification le suive.</translation>
    </message>
    <message>
      <source>The last date {last} is before the first date {first}. Swap them.</source>
      <translation>La dernière date {last} est antérieure à la première {first}. Intervertissez-les.</translation>
    </message>
    <message>
      <source>The library that the extraction was made from: a Sen2Chain data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg. Empty: the folder that the variable SEN2CHAIN_HOMEPATH names, else your home folder.</source>
      <translation>La bibliothèque dont l’extraction est issue : un dossier de données Sen2Chain (il contient INDICES), ou un dossier qui contient sen2chain_data/config/config.cfg. Vide : le dossier que désigne la variable SEN2CHAIN_HOMEPATH, sinon votre dossier personnel.</translation>
    </message>
    <message>
      <source>The minimum cloud cover, {least} %, is above the maximum, {most} %. Swap them.</source>
      <translation>La couverture nuageuse minimale, {least} %, dépasse la maximale, {most} %. Intervertissez-les.</translation>
    </message>
    <message>
      <source>The name of a job of this library, or the path of a job file (job_NAME.cfg).</source>
      <translation>Le nom d’un travail de cette bibliothèque, ou le chemin d’un fichier de travail (job_NOM.cfg).</translation>
    </message>
    <message>
      <source>The number, from 1, of the task to change instead of adding one; commented tasks count. What is not given keeps its value.</source>
      <translation>Le numéro, à partir de 1, de la tâche à modifier au lieu d’en ajouter une ; les tâches en commentaire comptent. Ce qui n’est pas donné garde sa valeur.</translation>
    </message>
    <message>
      <source>The path '{text}' cannot be used in a schedule, because of the character {character}. Rename the folder.</source>
      <translation>Le chemin « {text} » ne peut pas servir dans une planification, à cause du caractère {character}. Renommez le dossier.</translation>
    </message>
    <message>
      <source>The period 'custom' needs both a first and a last date.</source>
      <translation>La période « custom » a besoin d’une première et d’une dernière date.</translation>
    </message>
    <message>
      <source>The pictures of details show {shown} of {zones} zones, evenly chosen.</source>
      <translation>Les images de détail montrent {shown} zones sur {zones}, choisies à intervalles réguliers.</translation>
    </message>
    <message>
      <source>The raw data have a zone {zone}, but {path} has only {number}. The extraction is damaged. Move its folder away and run Extract again.</source>
      <translation>Les données brutes ont une zone {zone}, mais {path} n’en a que {number}. L’extraction est endommagée. Mettez son dossier de côté et relancez Extraire.</translation>
    </message>
    <message>
      <source>The same statistics as Extract, all dates in one CSV per index, without an extraction folder: for a single study. For work that goes on, with new dates now and then, use Extract and Compile.

Where several products show a zone at the same time, the row with most valid pixels is kept, then the one with the smallest standard deviation.</source>
      <translation>Les mêmes statistiques qu’Extraire, toutes les dates dans un CSV par indice, sans dossier d’extraction : pour une étude ponctuelle. Pour un travail suivi, où de nouvelles dates arrivent de temps en temps, utilisez Extraire et Compiler.

Si plusieurs produits montrent une zone au même moment, la ligne qui a le plus de pixels valides est gardée, puis, à égalité, celle dont l’écart-type est le plus petit.</translation>
    </message>
    <message>
      <source>The sample library is written by GDAL's Python bindings, which are missing ({reason}). Install them: {install}</source>
      <translation>La bibliothèque d’exemple est écrite par les liaisons Python de GDAL, qui manquent ({reason}). Pour les installer : {install}</translation>
    </message>
    <message>
      <source>The schedule runs another job of this name, {job} of the library {library}, and not this one.</source>
      <translation>La planification exécute un autre travail de ce nom, {job} de la bibliothèque {library}, et non celui-ci.</translation>
    </message>
    <message>
      <source>The schedule still says {old}, the job {new}: enable the job again to follow it.</source>
      <translation>La planification indique encore {old}, et le travail {new} : activez à nouveau le travail pour que la planification le suive.</translation>
    </message>
    <message>
      <source>The table refused a row (zone {zone}, {date}): {reason}</source>
      <translation>La table a refusé une ligne (zone {zone}, {date}) : {reason}</translation>
    </message>
    <message>
      <source>The table refused the row of tile {tile}: {reason}</source>
      <translation>La table a refusé la ligne de la tuile {tile} : {reason}</translation>
    </message>
    <message>
      <source>The zones have no field '{field}'. Their fields: {there}.</source>
      <translation>Les zones n’ont pas de champ « {field} ». Leurs champs : {there}.</translation>
    </message>
    <message>
      <source>There is no crontab on this system (Debian, Ubuntu: apt install cron). To schedule the job by other means, run at {timing}: {command}</source>
      <translation>Il n’y a pas de crontab sur ce système (Debian, Ubuntu : apt install cron). Pour planifier le travail par d’autres moyens, exécutez, à l’horaire {timing} : {command}</translation>
    </message>
    <message>
      <source>There is no job '{name}': {path} does not exist. Jobs there: {there}.</source>
      <translation>Il n’y a pas de travail « {name} » : {path} n’existe pas. Travaux présents : {there}.</translation>
    </message>
    <message>
      <source>There is no task {number}: the job has {count}.</source>
      <translation>Il n’y a pas de tâche {number} : le travail en a {count}.</translation>
    </message>
    <message>
      <source>There is no zone of this extraction here.</source>
      <translation>Il n’y a aucune zone de cette extraction à cet endroit.</translation>
    </message>
    <message>
      <source>This GDAL cannot write JPEG 2000: it has no driver {driver}. Use a QGIS whose GDAL has it: those of Debian, Ubuntu, OSGeo4W and conda-forge do.</source>
      <translation>Ce GDAL ne sait pas écrire le JPEG 2000 : il n’a pas le pilote {driver}. Utilisez un QGIS dont le GDAL le possède : ceux de Debian, Ubuntu, OSGeo4W et conda-forge.</translation>
    </message>
    <message>
      <source>This library has no job yet.
A job extracts, compiles and copies by itself, every night if you like.</source>
      <translation>Cette bibliothèque n’a encore aucun travail.
Un travail extrait, compile et copie tout seul, chaque nuit si vous le souhaitez.</translation>
    </message>
    <message>
      <source>Tile</source>
      <translation>Tuile</translation>
    </message>
    <message>
      <source>Tile {tile} ({number} of {tiles}), products: {asked}, {done} already done, {left} to do</source>
      <translation>Tuile {tile} ({number} sur {tiles}), produits : {asked}, déjà faits : {done}, à faire : {left}</translation>
    </message>
    <message>
      <source>Tiles</source>
      <translation>Tuiles</translation>
    </message>
    <message>
      <source>Tiles that no zone meets</source>
      <translation>Tuiles qu’aucune zone n’intersecte</translation>
    </message>
    <message>
      <source>Tiles, indices and cloud masks</source>
      <translation>Tuiles, indices et masques de nuages</translation>
    </message>
    <message>
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <source>Time series of Sen2Chain indices</source>
      <translation>Séries temporelles d’indices Sen2Chain</translation>
    </message>
    <message>
      <source>Time series to CSV</source>
      <translation>Séries temporelles en CSV</translation>
    </message>
    <message>
      <source>Time series to CSV…</source>
      <translation>Séries temporelles en CSV…</translation>
    </message>
    <message>
      <source>Time series: {name}</source>
      <translation>Séries temporelles : {name}</translation>
    </message>
    <message>
      <source>Timing</source>
      <translation>Horaire</translation>
    </message>
    <message>
      <source>To take a task out of the job, say which one: its number, from 1.</source>
      <translation>Pour retirer une tâche du travail, indiquez laquelle : son numéro, à partir de 1.</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Inconnu</translation>
    </message>
    <message>
      <source>Unknown cloud mask '{name}'. Known forms: CM001, CM002-B11, CM003-PRB1-ITER5, CM004-CSH1-CMP1-CHP1-TCI1-ITER1, OCM, OCM_v1_2_3; several are separated by / or a comma.</source>
      <translation>Masque de nuages inconnu : « {name} ». Formes connues : CM001, CM002-B11, CM003-PRB1-ITER5, CM004-CSH1-CMP1-CHP1-TCI1-ITER1, OCM, OCM_v1_2_3 ; plusieurs se séparent par / ou une virgule.</translation>
    </message>
    <message>
      <source>Unknown period '{period}'. Known: {known}.</source>
      <translation>Période inconnue : « {period} ». Connues : {known}.</translation>
    </message>
    <message>
      <source>Valid pixels</source>
      <translation>Pixels valides</translation>
    </message>
    <message>
      <source>Values of the time series</source>
      <translation>Valeurs des séries temporelles</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>mer.</translation>
    </message>
    <message>
      <source>What Extract would do</source>
      <translation>Ce que ferait Extraire</translation>
    </message>
    <message>
      <source>What the chart shows</source>
      <translation>Ce que montre le graphique</translation>
    </message>
    <message>
      <source>What to write files for; on the command line, separated by commas: {names}. custom needs both dates.</source>
      <translation>Périodes pour lesquelles écrire des fichiers ; en ligne de commande, séparées par des virgules : {names}. « custom » nécessite les deux dates.</translation>
    </message>
    <message>
      <source>What was changed in the schedule was another job of this name, {job} of the library {library}. If that one is to go on, enable it again, with its library.</source>
      <translation>Ce qui a été modifié dans la planification est un autre travail de ce nom, {job} de la bibliothèque {library}. S’il doit continuer, activez-le à nouveau, avec sa bibliothèque.</translation>
    </message>
    <message>
      <source>When Extract or Compile ends, its extraction is shown here</source>
      <translation>Quand Extraire ou Compiler se termine, son extraction est montrée ici</translation>
    </message>
    <message>
      <source>When the job runs once it is scheduled: minute, hour, day, month and weekday as in cron, or @daily. 0 0 * * * is every midnight, 30 4 * * mon-fri is 4:30 on working days.</source>
      <translation>Quand le travail s’exécute une fois planifié : minute, heure, jour, mois et jour de la semaine comme dans cron, ou @daily. 0 0 * * * : chaque jour à minuit ; 30 4 * * mon-fri : à 4 h 30 les jours ouvrés.</translation>
    </message>
    <message>
      <source>Where to look for what is already extracted for the layer. Empty: the extraction folder of the library.</source>
      <translation>Où chercher ce qui est déjà extrait pour la couche. Vide : le dossier des extractions de la bibliothèque.</translation>
    </message>
    <message>
      <source>Whether the job is scheduled cannot be told: {problem}</source>
      <translation>Impossible de savoir si le travail est planifié : {problem}</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenêtre</translation>
    </message>
    <message>
      <source>Without data</source>
      <translation>Sans donnée</translation>
    </message>
    <message>
      <source>Without probability</source>
      <translation>Sans probabilité</translation>
    </message>
    <message>
      <source>Without this mask</source>
      <translation>Sans ce masque</translation>
    </message>
    <message>
      <source>Without unmasked raster</source>
      <translation>Sans raster non masqué</translation>
    </message>
    <message>
      <source>Workers</source>
      <translation>Lectures en parallèle</translation>
    </message>
    <message>
      <source>Writes a library in the formats of Sen2Chain without any download: two overlapping tiles of La Réunion, two indices (NDVI and NDWIGAO), unmasked and under three cloud masks, with cloud probabilities; and a layer of fields of sugar cane, pasture, vegetables, orchards and forest, some of them of odd shapes.

The tiles, the formats and the days of the passes are real. Fields, seasons and clouds are invented: the same numbers give the same library. Some days are clear and one is almost entirely clouded, the edge of the swath crosses others, and one acquisition comes in two processing baselines.

The default takes about 20 seconds and 50 MB; both grow with the number of pixels and dates.</source>
      <translation>Écrit une bibliothèque aux formats de Sen2Chain sans rien télécharger : deux tuiles de La Réunion qui se recouvrent, deux indices (NDVI et NDWIGAO), non masqués et sous trois masques de nuages, avec les probabilités de nuage ; et une couche de parcelles de canne à sucre, prairie, maraîchage, vergers et forêt, certaines de formes inhabituelles.

Les tuiles, les formats et les jours de passage sont réels. Les parcelles, les saisons et les nuages sont inventés : les mêmes nombres donnent la même bibliothèque. Certains jours sont dégagés, un autre est presque entièrement nuageux, d’autres sont coupés par le bord de la fauchée, et une acquisition existe en deux versions de traitement (baselines).

Par défaut, il faut environ 20 secondes et 50 Mo ; ces deux valeurs croissent avec le nombre de pixels et de dates.</translation>
    </message>
    <message>
      <source>Writes one table of masked statistics per index, straight from a Sen2Chain library.</source>
      <translation>Écrit un tableau de statistiques masquées par indice, directement depuis une bibliothèque Sen2Chain.</translation>
    </message>
    <message>
      <source>Zone</source>
      <translation>Zone</translation>
    </message>
    <message>
      <source>Zone {number}</source>
      <translation>Zone {number}</translation>
    </message>
    <message>
      <source>Zone {zone} is skipped in {crs}: {reason}</source>
      <translation>La zone {zone} est ignorée dans le SCR {crs} : {reason}</translation>
    </message>
    <message>
      <source>Zone {zone} is skipped: its geometry is missing, empty or invalid.</source>
      <translation>La zone {zone} est ignorée : sa géométrie est absente, vide ou invalide.</translation>
    </message>
    <message>
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <source>Zones without a row: {number} ({zones})</source>
      <translation>Zones sans ligne : {number} ({zones})</translation>
    </message>
    <message>
      <source>Zones: {number}, of which the first {most} are shown.</source>
      <translation>Zones : {number}, dont les {most} premières sont affichées.</translation>
    </message>
    <message>
      <source>Zones: {zones} of {all}. Observations: {rows}, {first} to {last}.</source>
      <translation>Zones : {zones} sur {all}. Observations : {rows}, du {first} au {last}.</translation>
    </message>
    <message>
      <source>Zoom to a rectangle</source>
      <translation>Zoomer sur un rectangle</translation>
    </message>
    <message>
      <source>a line ends in the middle</source>
      <translation>une ligne s’arrête au milieu</translation>
    </message>
    <message>
      <source>a zone</source>
      <translation>une zone</translation>
    </message>
    <message>
      <source>cloud mask</source>
      <translation>masque de nuages</translation>
    </message>
    <message>
      <source>cloud masks</source>
      <translation>masques de nuages</translation>
    </message>
    <message>
      <source>column 'fid' holds a value that is not a zone</source>
      <translation>la colonne « fid » contient une valeur qui n’est pas une zone</translation>
    </message>
    <message>
      <source>column '{column}' holds a value that cannot be</source>
      <translation>la colonne « {column} » contient une valeur impossible</translation>
    </message>
    <message>
      <source>column '{column}' holds a value that is not a number</source>
      <translation>la colonne « {column} » contient une valeur qui n’est pas un nombre</translation>
    </message>
    <message>
      <source>compiled</source>
      <translation>données compilées</translation>
    </message>
    <message>
      <source>compiled: {periods}</source>
      <translation>compilé : {periods}</translation>
    </message>
    <message>
      <source>copied to {server}</source>
      <translation>copié vers {server}</translation>
    </message>
    <message>
      <source>date_min '{first}' comes after date_max '{last}'.</source>
      <translation>date_min « {first} » est postérieure à date_max « {last} ».</translation>
    </message>
    <message>
      <source>day of acquisition</source>
      <translation>jour d’acquisition</translation>
    </message>
    <message>
      <source>day of the month</source>
      <translation>jour du mois</translation>
    </message>
    <message>
      <source>day of the week</source>
      <translation>jour de la semaine</translation>
    </message>
    <message>
      <source>days of acquisition</source>
      <translation>jours d’acquisition</translation>
    </message>
    <message>
      <source>enable: the job runs at its own timing, without QGIS being open. disable: it stops, its line in the schedule stays, commented. remove: its line is deleted. status: say how it stands.

On Linux and macOS this is a line in your crontab, marked '# sen2chain_ts_job_NAME'; no other line is touched. On Windows it is a task of the Task Scheduler. What the run says is appended to job_NAME_cron.log, in the folder of the job's logs.

After the plugin, QGIS or the timing of the job has changed, enable it again. The schedule knows a job by its name: where a job of this name in another library is scheduled already, enable is refused.</source>
      <translation>enable : le travail s’exécute à son horaire, sans que QGIS soit ouvert. disable : il s’arrête, sa ligne reste dans la planification, en commentaire. remove : sa ligne est effacée. status : indique où il en est.

Sous Linux et macOS, c’est une ligne de votre crontab, marquée « # sen2chain_ts_job_NOM » ; aucune autre ligne n’est touchée. Sous Windows, c’est une tâche du Planificateur de tâches. Les messages de l’exécution sont ajoutés à job_NOM_cron.log, dans le dossier des journaux du travail.

Après un changement de l’extension, de QGIS ou de l’horaire du travail, activez-le à nouveau. La planification reconnaît un travail à son nom : si un travail du même nom, d’une autre bibliothèque, est déjà planifié, enable est refusé.</translation>
    </message>
    <message>
      <source>exit code {code}</source>
      <translation>code de sortie {code}</translation>
    </message>
    <message>
      <source>five fields, or one of {names}</source>
      <translation>cinq champs, ou l’une des formes {names}</translation>
    </message>
    <message>
      <source>geometry type {kind} is not a point, line or polygon</source>
      <translation>le type de géométrie {kind} n’est ni point, ni ligne, ni polygone</translation>
    </message>
    <message>
      <source>hatched: cloud mask; grey: no data</source>
      <translation>hachuré : masque de nuages ; gris : sans donnée</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>heure</translation>
    </message>
    <message>
      <source>index</source>
      <translation>indice</translation>
    </message>
    <message>
      <source>indices</source>
      <translation>indices</translation>
    </message>
    <message>
      <source>it changed while it was read</source>
      <translation>il a changé pendant sa lecture</translation>
    </message>
    <message>
      <source>it does not cover the extent of the index raster at twice its pixel size</source>
      <translation>il ne couvre pas l’emprise du raster d’indice avec des pixels deux fois plus grands</translation>
    </message>
    <message>
      <source>it does not start as a JPEG 2000 file does</source>
      <translation>il ne commence pas comme un fichier JPEG 2000</translation>
    </message>
    <message>
      <source>it ends at byte {byte} of {end}</source>
      <translation>il s’arrête à l’octet {byte} sur {end}</translation>
    </message>
    <message>
      <source>it ends at byte {byte}, in the middle</source>
      <translation>il s’arrête à l’octet {byte}, en plein milieu</translation>
    </message>
    <message>
      <source>it has coordinates that are not finite</source>
      <translation>elle a des coordonnées qui ne sont pas finies</translation>
    </message>
    <message>
      <source>it has coordinates that are nowhere on Earth</source>
      <translation>elle a des coordonnées qui ne sont nulle part sur Terre</translation>
    </message>
    <message>
      <source>it has no layer '{layer}'</source>
      <translation>il n’a pas de couche « {layer} »</translation>
    </message>
    <message>
      <source>it has no worker</source>
      <translation>il n’a aucun worker</translation>
    </message>
    <message>
      <source>it holds NUL bytes</source>
      <translation>il contient des octets NUL</translation>
    </message>
    <message>
      <source>it holds no codestream</source>
      <translation>il ne contient pas de codestream</translation>
    </message>
    <message>
      <source>it holds no tile-part</source>
      <translation>il ne contient aucune partie de tuile (tile-part)</translation>
    </message>
    <message>
      <source>it is empty</source>
      <translation>il est vide</translation>
    </message>
    <message>
      <source>it is not UTF-8</source>
      <translation>il n’est pas en UTF-8</translation>
    </message>
    <message>
      <source>it is not installed</source>
      <translation>il n’est pas installé</translation>
    </message>
    <message>
      <source>it was stopped.</source>
      <translation>il a été arrêté.</translation>
    </message>
    <message>
      <source>its CRS is {found}, that of tile {tile} is EPSG:{expected}</source>
      <translation>son SCR est {found}, celui de la tuile {tile} est EPSG:{expected}</translation>
    </message>
    <message>
      <source>its data type is {found} instead of {wanted}</source>
      <translation>son type de données est {found} au lieu de {wanted}</translation>
    </message>
    <message>
      <source>its first line is not the header of a raw CSV</source>
      <translation>sa première ligne n’est pas l’en-tête d’un CSV brut</translation>
    </message>
    <message>
      <source>its last line is cut</source>
      <translation>sa dernière ligne est tronquée</translation>
    </message>
    <message>
      <source>its number of bands is {found} instead of {wanted}</source>
      <translation>son nombre de bandes est {found} au lieu de {wanted}</translation>
    </message>
    <message>
      <source>its pixels are not square and north up</source>
      <translation>ses pixels ne sont pas carrés et orientés au nord</translation>
    </message>
    <message>
      <source>its pixels are not those of {file}</source>
      <translation>ses pixels ne sont pas ceux de {file}</translation>
    </message>
    <message>
      <source>its rows have several values of '{column}'</source>
      <translation>ses lignes ont plusieurs valeurs de « {column} »</translation>
    </message>
    <message>
      <source>left to extract</source>
      <translation>reste à extraire</translation>
    </message>
    <message>
      <source>line {line} does not have the {columns} cells of the header</source>
      <translation>la ligne {line} n’a pas les {columns} cellules de l’en-tête</translation>
    </message>
    <message>
      <source>masked raster</source>
      <translation>raster masqué</translation>
    </message>
    <message>
      <source>masked rasters</source>
      <translation>rasters masqués</translation>
    </message>
    <message>
      <source>max_clouds is '{value}', not a whole number from 0 to 100.</source>
      <translation>max_clouds vaut « {value} », qui n’est pas un nombre entier de 0 à 100.</translation>
    </message>
    <message>
      <source>mean and standard deviation</source>
      <translation>moyenne et écart-type</translation>
    </message>
    <message>
      <source>median of the zones</source>
      <translation>médiane des zones</translation>
    </message>
    <message>
      <source>median of the zones' means, and from 10 % to 90 % of them</source>
      <translation>médiane des moyennes des zones, et de 10 % à 90 % d’entre elles</translation>
    </message>
    <message>
      <source>minimum to maximum</source>
      <translation>du minimum au maximum</translation>
    </message>
    <message>
      <source>minute</source>
      <translation>minute</translation>
    </message>
    <message>
      <source>minute, hour, day, month, weekday: {timing}</source>
      <translation>minute, heure, jour, mois, jour de la semaine : {timing}</translation>
    </message>
    <message>
      <source>month</source>
      <translation>mois</translation>
    </message>
    <message>
      <source>month, in {year}</source>
      <translation>mois, en {year}</translation>
    </message>
    <message>
      <source>months, {first} to {last}</source>
      <translation>mois, de {first} à {last}</translation>
    </message>
    <message>
      <source>no codestream starts at byte {byte}, where one should</source>
      <translation>aucun codestream ne commence à l’octet {byte}, où il devrait y en avoir un</translation>
    </message>
    <message>
      <source>no tile-part starts at byte {byte}, where one should</source>
      <translation>aucune partie de tuile (tile-part) ne commence à l’octet {byte}, où il devrait y en avoir une</translation>
    </message>
    <message>
      <source>none at all</source>
      <translation>aucun</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>aucun pour l’instant</translation>
    </message>
    <message>
      <source>of all indices</source>
      <translation>de tous les indices</translation>
    </message>
    <message>
      <source>page {page} of {pages}</source>
      <translation>page {page} sur {pages}</translation>
    </message>
    <message>
      <source>pair of index and cloud mask</source>
      <translation>couple d’indice et de masque de nuages</translation>
    </message>
    <message>
      <source>pairs of index and cloud mask</source>
      <translation>couples d’indice et de masque de nuages</translation>
    </message>
    <message>
      <source>rasterio brings GDAL {mine} into a process that has GDAL {other}: this may crash or misplace zones. Use a rasterio from the same source as QGIS (apt, OSGeo4W, conda-forge), or uninstall it; it is not needed.</source>
      <translation>rasterio amène GDAL {mine} dans un processus qui a GDAL {other} : il peut planter ou mal placer les zones. Utilisez un rasterio de la même source que QGIS (apt, OSGeo4W, conda-forge), ou désinstallez-le ; il n’est pas nécessaire.</translation>
    </message>
    <message>
      <source>rasterio cannot be used ({reason}): GDAL's own Python bindings read the rasters, with the same results.</source>
      <translation>rasterio n’est pas utilisable ({reason}) : les liaisons Python de GDAL lisent les rasters, avec les mêmes résultats.</translation>
    </message>
    <message>
      <source>rasterio is not installed: GDAL's own Python bindings read the rasters, with the same results.</source>
      <translation>rasterio n’est pas installé : les liaisons Python de GDAL lisent les rasters, avec les mêmes résultats.</translation>
    </message>
    <message>
      <source>raw data</source>
      <translation>données brutes</translation>
    </message>
    <message>
      <source>replace: the job has this task only; append: add the task to those it has.</source>
      <translation>replace : le travail n’a que cette tâche ; append : la tâche est ajoutée à celles qu’il a déjà.</translation>
    </message>
    <message>
      <source>row</source>
      <translation>ligne</translation>
    </message>
    <message>
      <source>rows</source>
      <translation>lignes</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, example, test data, demo, tutorial</source>
      <translation>sentinel-2, sen2chain, exemple, données de test, démonstration, demo, tutoriel, sample</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, job, cron, crontab, schedule, task scheduler, every night, automatic</source>
      <translation>sentinel-2, sen2chain, travail, job, tâche planifiée, cron, crontab, planification, planificateur de tâches, chaque nuit, automatique</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, job, cron, recurring, automatic, batch</source>
      <translation>sentinel-2, sen2chain, travail, job, tâche planifiée, cron, récurrent, automatique, lot</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, job, cron, recurring, automatic, every night, server</source>
      <translation>sentinel-2, sen2chain, travail, job, tâche planifiée, cron, récurrent, automatique, chaque nuit, serveur</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, library, catalogue, availability, calendar, report, missing, cloud mask</source>
      <translation>sentinel-2, sen2chain, bibliothèque, catalogue, disponibilité, calendrier, rapport, manquant, masque de nuages, inventory</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, quicklook, preview, thumbnail, mosaic, true colour, cloud mask, picture</source>
      <translation>sentinel-2, sen2chain, quicklook, aperçu, vignette, mosaïque, planche, couleurs naturelles, masque de nuages, image</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, model, ndvi, smoothing</source>
      <translation>sentinel-2, sen2chain, série temporelle, modèle, ndvi, lissage</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, plot, chart, graph, png, report, html, vegetation index</source>
      <translation>sentinel-2, sen2chain, série temporelle, graphique, courbe, png, rapport, html, indice de végétation, plot</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, smoothing, savitzky-golay, csv, monthly, weekly, vegetation index</source>
      <translation>sentinel-2, sen2chain, série temporelle, lissage, savitzky-golay, csv, mensuel, hebdomadaire, indice de végétation, compile</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, zonal statistics, csv, ndvi, cloud mask</source>
      <translation>sentinel-2, sen2chain, série temporelle, statistiques zonales, csv, ndvi, masque de nuages, time series</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, zonal statistics, ndvi, cloud mask, vegetation index</source>
      <translation>sentinel-2, sen2chain, série temporelle, statistiques zonales, ndvi, masque de nuages, indice de végétation, extract</translation>
    </message>
    <message>
      <source>somebody else is changing the crontab; try again</source>
      <translation>quelqu’un d’autre est en train de modifier la crontab ; réessayez</translation>
    </message>
    <message>
      <source>something left to extract</source>
      <translation>reste à extraire</translation>
    </message>
    <message>
      <source>the end-of-codestream marker is missing</source>
      <translation>le marqueur de fin de codestream manque</translation>
    </message>
    <message>
      <source>the file ends in the middle of this line, or its line end is missing.</source>
      <translation>le fichier s’arrête au milieu de cette ligne, ou sa fin de ligne manque.</translation>
    </message>
    <message>
      <source>the geometry is cut</source>
      <translation>la géométrie est tronquée</translation>
    </message>
    <message>
      <source>the library</source>
      <translation>la bibliothèque</translation>
    </message>
    <message>
      <source>the library of SEN2CHAIN_HOMEPATH, or of the home folder</source>
      <translation>la bibliothèque de SEN2CHAIN_HOMEPATH, ou du dossier personnel</translation>
    </message>
    <message>
      <source>the main header breaks off at byte {byte}</source>
      <translation>l’en-tête principal s’interrompt à l’octet {byte}</translation>
    </message>
    <message>
      <source>the mean of each zone</source>
      <translation>la moyenne de chaque zone</translation>
    </message>
    <message>
      <source>the means of {shown} of {zones} zones, evenly chosen</source>
      <translation>les moyennes de {shown} zones sur {zones}, choisies à intervalles réguliers</translation>
    </message>
    <message>
      <source>the table has no column {columns}.</source>
      <translation>le tableau n’a pas de colonne {columns}.</translation>
    </message>
    <message>
      <source>the tile-part at byte {byte} goes beyond the end</source>
      <translation>la partie de tuile (tile-part) à l’octet {byte} dépasse la fin</translation>
    </message>
    <message>
      <source>there is a box of impossible size at byte {byte}</source>
      <translation>il y a une boîte (box) de taille impossible à l’octet {byte}</translation>
    </message>
    <message>
      <source>there is a quote in the middle of a cell</source>
      <translation>il y a un guillemet au milieu d’une cellule</translation>
    </message>
    <message>
      <source>there is no such file</source>
      <translation>ce fichier n’existe pas</translation>
    </message>
    <message>
      <source>tile</source>
      <translation>tuile</translation>
    </message>
    <message>
      <source>tiles</source>
      <translation>tuiles</translation>
    </message>
    <message>
      <source>timing</source>
      <translation>horaire</translation>
    </message>
    <message>
      <source>today</source>
      <translation>aujourd’hui</translation>
    </message>
    <message>
      <source>tomorrow</source>
      <translation>demain</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>inconnu</translation>
    </message>
    <message>
      <source>unknown column '{column}'; columns: {known}.</source>
      <translation>colonne inconnue : « {column} » ; colonnes : {known}.</translation>
    </message>
    <message>
      <source>unknown index '{value}'; indices: All or {known}, several separated by /.</source>
      <translation>indice inconnu : « {value} » ; indices : All ou {known}, plusieurs séparés par /.</translation>
    </message>
    <message>
      <source>unknown period '{value}'; periods: {known}, several separated by /.</source>
      <translation>période inconnue : « {value} » ; périodes : {known}, plusieurs séparées par /.</translation>
    </message>
    <message>
      <source>unusable geometry: {reason}</source>
      <translation>géométrie inutilisable : {reason}</translation>
    </message>
    <message>
      <source>user@server:path, to copy the compiled files there through ssh after each run; the server must let this account in with a key. Empty: no copy.</source>
      <translation>utilisateur@serveur:chemin, pour y copier les fichiers compilés par ssh après chaque exécution ; le serveur doit laisser ce compte se connecter avec une clé. Vide : pas de copie.</translation>
    </message>
    <message>
      <source>yesterday</source>
      <translation>hier</translation>
    </message>
    <message>
      <source>zone with rows</source>
      <translation>zone ayant des lignes</translation>
    </message>
    <message>
      <source>zone with rows, of {zones}</source>
      <translation>zone ayant des lignes, sur {zones}</translation>
    </message>
    <message>
      <source>zone {number}: {reason}</source>
      <translation>zone {number} : {reason}</translation>
    </message>
    <message>
      <source>zones with rows</source>
      <translation>zones ayant des lignes</translation>
    </message>
    <message>
      <source>zones with rows, of {zones}</source>
      <translation>zones ayant des lignes, sur {zones}</translation>
    </message>
    <message>
      <source>{column} is '{value}', neither True nor False.</source>
      <translation>{column} vaut « {value} », au lieu de True ou False.</translation>
    </message>
    <message>
      <source>{column} is '{value}', neither a date such as 2021-01-31, nor today, today-30 or empty.</source>
      <translation>{column} vaut « {value} », qui n’est ni une date telle que 2021-01-31, ni today, ni today-30, ni vide.</translation>
    </message>
    <message>
      <source>{day}, rasters: {number}</source>
      <translation>{day}, rasters : {number}</translation>
    </message>
    <message>
      <source>{day}: no valid pixel in any zone</source>
      <translation>{day} : aucun pixel valide dans aucune zone</translation>
    </message>
    <message>
      <source>{day}: {share} % of the zones' pixels seen, zones: {zones}</source>
      <translation>{day} : {share} % des pixels des zones vus, zones : {zones}</translation>
    </message>
    <message>
      <source>{file} failed: {reason}</source>
      <translation>Échec de {file} : {reason}</translation>
    </message>
    <message>
      <source>{file} is damaged ({reason}): the raw data are shown instead. Compile again.</source>
      <translation>{file} est endommagé ({reason}) : les données brutes sont affichées à la place. Compilez à nouveau.</translation>
    </message>
    <message>
      <source>{file} is damaged ({reason}); computed again.</source>
      <translation>{file} est endommagé ({reason}) ; recalculé.</translation>
    </message>
    <message>
      <source>{file}, rows: {rows}</source>
      <translation>{file}, lignes : {rows}</translation>
    </message>
    <message>
      <source>{first} to {last}, one cell per month; rasters: {number}</source>
      <translation>De {first} à {last}, une case par mois ; rasters : {number}</translation>
    </message>
    <message>
      <source>{folder} has no rows for these indices, cloud masks and dates: nothing to show. Extracted there: {there}.</source>
      <translation>{folder} n’a aucune ligne pour ces indices, masques de nuages et dates : rien à montrer. Y sont extraits : {there}.</translation>
    </message>
    <message>
      <source>{folder} is locked: another run writes there (host {host}, process {pid}, since {since}). Wait until it ends; the lock of a run that was killed frees itself.</source>
      <translation>{folder} est verrouillé : une autre exécution y écrit (machine {host}, processus {pid}, depuis {since}). Attendez qu’elle se termine ; le verrou d’une exécution interrompue de force se libère tout seul.</translation>
    </message>
    <message>
      <source>{folder} is not an extraction folder: expected a folder named &lt;name&gt;_&lt;16 hex digits&gt; that holds raw_data, as made by Extract or by Sen2Chain.</source>
      <translation>{folder} n’est pas un dossier d’extraction : il faut un dossier nommé &lt;nom&gt;_&lt;16 chiffres hexadécimaux&gt; qui contient raw_data, tel que le créent Extraire ou Sen2Chain.</translation>
    </message>
    <message>
      <source>{folder} is not empty and no sample library: it holds {found}. Choose a new or an empty folder, or one that an earlier run made. Nothing was changed.</source>
      <translation>{folder} n’est ni vide ni une bibliothèque d’exemple : il contient {found}. Choisissez un dossier nouveau ou vide, ou créé par une exécution antérieure. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>{index} {mask}, raw files: {number}.</source>
      <translation>{index} {mask}, fichiers bruts : {number}.</translation>
    </message>
    <message>
      <source>{index} {mask}, rows: {rows}, files: {files}.</source>
      <translation>{index} {mask}, lignes : {rows}, fichiers : {files}.</translation>
    </message>
    <message>
      <source>{index} {mask}, zones: {zones}, rows: {rows}, pictures: {files}.</source>
      <translation>{index} {mask}, zones : {zones}, lignes : {rows}, images : {files}.</translation>
    </message>
    <message>
      <source>{index} {mask}: from the raw data.</source>
      <translation>{index} {mask} : à partir des données brutes.</translation>
    </message>
    <message>
      <source>{index} {mask}: from {file}.</source>
      <translation>{index} {mask} : à partir de {file}.</translation>
    </message>
    <message>
      <source>{index} {mask}: no date on which a zone has all its pixels, so no -nonan picture.</source>
      <translation>{index} {mask} : aucune date où une zone a tous ses pixels, donc pas d’image -nonan.</translation>
    </message>
    <message>
      <source>{index} {mask}: no raw data here, skipped.</source>
      <translation>{index} {mask} : pas de données brutes ici, ignoré.</translation>
    </message>
    <message>
      <source>{index} {mask}: no rows from {first} to {last}.</source>
      <translation>{index} {mask} : aucune ligne du {first} au {last}.</translation>
    </message>
    <message>
      <source>{index} {mask}: no rows, skipped.</source>
      <translation>{index} {mask} : aucune ligne, ignoré.</translation>
    </message>
    <message>
      <source>{index} {mask}: not smoothed, because they have fewer than {window_length} dates: zones {zones}.</source>
      <translation>{index} {mask} : zones non lissées, car elles ont moins de {window_length} dates : {zones}.</translation>
    </message>
    <message>
      <source>{index} {mask}: the pictures of details show {shown} of {zones} zones, evenly chosen.</source>
      <translation>{index} {mask} : les images de détail montrent {shown} zones sur {zones}, choisies à intervalles réguliers.</translation>
    </message>
    <message>
      <source>{index}: no raw data here, skipped.</source>
      <translation>{index} : pas de données brutes ici, ignoré.</translation>
    </message>
    <message>
      <source>{key} is '{value}', not a whole number from 0 to 9999.</source>
      <translation>{key} vaut « {value} », qui n’est pas un nombre entier de 0 à 9999.</translation>
    </message>
    <message>
      <source>{layer} cannot be opened as a vector layer: it was moved or removed, or its disk is not there.</source>
      <translation>Impossible d’ouvrir {layer} comme couche vecteur : elle a été déplacée ou supprimée, ou son disque est absent.</translation>
    </message>
    <message>
      <source>{layer} has no coordinate reference system. Set it in the properties of the layer.</source>
      <translation>{layer} n’a pas de système de coordonnées de référence (SCR). Définissez-le dans les propriétés de la couche.</translation>
    </message>
    <message>
      <source>{layer} has no usable geometry: nothing to extract. Check the layer, its selection and its filter.</source>
      <translation>{layer} n’a aucune géométrie utilisable : rien à extraire. Vérifiez la couche, sa sélection et son filtre.</translation>
    </message>
    <message>
      <source>{layer} is of the type {kind}, not a layer of points, lines or polygons. Choose another layer; collections can be split with 'Multipart to singleparts'.</source>
      <translation>{layer} est de type {kind} : ce n’est pas une couche de points, lignes ou polygones. Choisissez une autre couche ; les collections se séparent avec « De morceaux multiples à morceaux uniques ».</translation>
    </message>
    <message>
      <source>{layer} mixes points, lines and polygons (zones {first} and {second} differ). Split it by geometry type, and run once for each.</source>
      <translation>{layer} mélange des points, des lignes et des polygones (les zones {first} et {second} diffèrent). Séparez-la par type de géométrie, et exécutez une fois pour chacun.</translation>
    </message>
    <message>
      <source>{layer}: the geometry of zone {zone} (feature {feature}) is invalid. Repair it with 'Fix geometries', or set Processing to skip invalid features.</source>
      <translation>{layer} : la géométrie de la zone {zone} (entité {feature}) est invalide. Réparez-la avec « Réparer les géométries », ou réglez les options de Traitement pour ignorer les entités invalides.</translation>
    </message>
    <message>
      <source>{library} has no product of {indices}. Indices found there: {there}.</source>
      <translation>{library} n’a aucun produit de {indices}. Indices présents : {there}.</translation>
    </message>
    <message>
      <source>{low} to {high}</source>
      <translation>{low} à {high}</translation>
    </message>
    <message>
      <source>{low} to {high} or {first} to {last}</source>
      <translation>{low} à {high} ou {first} à {last}</translation>
    </message>
    <message>
      <source>{mask}, products with rows: {number}</source>
      <translation>{mask}, produits avec lignes : {number}</translation>
    </message>
    <message>
      <source>{name} is '{value}', not a number.</source>
      <translation>{name} vaut « {value} », qui n’est pas un nombre.</translation>
    </message>
    <message>
      <source>{name} is {value}; it has to be a whole number from {low} to {high}.</source>
      <translation>{name} vaut {value} ; il faut un nombre entier de {low} à {high}.</translation>
    </message>
    <message>
      <source>{name}, inventory</source>
      <translation>{name}, inventaire</translation>
    </message>
    <message>
      <source>{name}, zones</source>
      <translation>{name}, zones</translation>
    </message>
    <message>
      <source>{number} left to extract</source>
      <translation>reste à extraire : {number}</translation>
    </message>
    <message>
      <source>{number}: commented, not run</source>
      <translation>{number} : en commentaire, non exécutée</translation>
    </message>
    <message>
      <source>{path} changed while it was read. The next run looks at it again.</source>
      <translation>{path} a changé pendant sa lecture. La prochaine exécution l’examinera à nouveau.</translation>
    </message>
    <message>
      <source>{path} does not fit its product or tile: {reason}. Make this product again with Sen2Chain.</source>
      <translation>{path} ne correspond pas à son produit ou à sa tuile : {reason}. Produisez-le à nouveau avec Sen2Chain.</translation>
    </message>
    <message>
      <source>{path} ends before its table of tasks; it may be cut. Expected a line {columns}. Nothing was run.</source>
      <translation>{path} se termine avant son tableau de tâches ; il est peut-être tronqué. Attendu : une ligne {columns}. Rien n’a été exécuté.</translation>
    </message>
    <message>
      <source>{path} has no line '{key} = …'; it may be cut. Nothing was run.</source>
      <translation>{path} n’a pas de ligne « {key} = … » ; il est peut-être tronqué. Rien n’a été exécuté.</translation>
    </message>
    <message>
      <source>{path} is damaged or still being copied: {reason}. Copy it again; the next run looks at it again.</source>
      <translation>{path} est endommagé ou encore en cours de copie : {reason}. Copiez-le à nouveau ; la prochaine exécution l’examinera à nouveau.</translation>
    </message>
    <message>
      <source>{path} is damaged: {reason}. Delete it and run Extract again; it will make this file anew.</source>
      <translation>{path} est endommagé : {reason}. Supprimez-le et relancez Extraire, qui recréera ce fichier.</translation>
    </message>
    <message>
      <source>{path} is neither UTF-8 nor Latin-1 text. Save it as UTF-8. Nothing was run.</source>
      <translation>{path} n’est un texte ni en UTF-8 ni en Latin-1. Enregistrez-le en UTF-8. Rien n’a été exécuté.</translation>
    </message>
    <message>
      <source>{path} is not there. Run Compile on this extraction first, with these indices and cloud masks.</source>
      <translation>{path} n’existe pas. Lancez d’abord Compiler sur cette extraction, avec ces indices et ces masques de nuages.</translation>
    </message>
    <message>
      <source>{path} is of an earlier run: it stays as it is.</source>
      <translation>{path} vient d’une exécution précédente : il reste tel quel.</translation>
    </message>
    <message>
      <source>{path} no longer has rows, but was changed by others: it stays.</source>
      <translation>{path} n’a plus de ligne, mais a été modifié par d’autres : il reste.</translation>
    </message>
    <message>
      <source>{path}, line {line}: {problem} Nothing was run; correct that line.</source>
      <translation>{path}, ligne {line} : {problem} Rien n’a été exécuté ; corrigez cette ligne.</translation>
    </message>
    <message>
      <source>{program} ended with code {code}</source>
      <translation>{program} s’est terminé avec le code {code}</translation>
    </message>
    <message>
      <source>{program} refused: {reason}. The schedule is as it was.</source>
      <translation>{program} a refusé la demande : {reason}. La planification n’a pas changé.</translation>
    </message>
    <message>
      <source>{share:.0%} cloudy</source>
      <translation>{share:.0%} nuageux</translation>
    </message>
    <message>
      <source>{shown} of {zones} zones, evenly chosen.</source>
      <translation>{shown} zones sur {zones}, choisies à intervalles réguliers.</translation>
    </message>
    <message>
      <source>{tile} {index} {mask}, products: {products}, {first} to {last}</source>
      <translation>{tile} {index} {mask}, produits : {products}, du {first} au {last}</translation>
    </message>
    <message>
      <source>{tile} {index} {mask}, products: {products}, {first} to {last}; {done} already done, {left} to do</source>
      <translation>{tile} {index} {mask}, produits : {products}, du {first} au {last} ; déjà faits : {done}, à faire : {left}</translation>
    </message>
    <message>
      <source>{zones}, mean {index}</source>
      <translation>{zones}, moyenne {index}</translation>
    </message>
    <message>
      <source>{zones}: no observation of {index} with this cloud mask.
Hidden by clouds on every date, or outside of the tiles.</source>
      <translation>{zones} : aucune observation de {index} avec ce masque de nuages.
Cachée par les nuages à chaque date, ou hors des tuiles.</translation>
    </message>
    <message>
      <source>{zone}, dates: {dates}, mean {mean}, {seen} % of its pixels seen</source>
      <translation>{zone}, dates : {dates}, moyenne {mean}, {seen} % de ses pixels vus</translation>
    </message>
  </context>
</TS>
